// The signed-in person as the frame shows them.

export interface ShownPerson {
  name: string;
  login: string;
  email: string | null;
  initials: string;
  /** 0 to 7: the colour behind the initials. */
  tint: number;
  /** Address of the small picture. */
  picture: string | null;
}
