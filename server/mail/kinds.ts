// Every kind of mail the house sends. Its words are `mail.<kind>.subject`, `.body` and, where it holds a
// link, `.button`; a co-operative may put its own in their place.

/** What a kind fills its words with, beside what every kind may use (`COMMON`). */
interface Kind {
  variables: readonly string[];
  /** Whether its button leads to a one-time link; else to the sign-in page. */
  link: boolean;
  /** Whether it ends with what to do if it was somebody else. */
  notMe: boolean;
}

/** Variables of every kind: the reader, the co-operative, and how to reach it. */
export const COMMON = ['name', 'login', 'cooperative', 'database', 'site'] as const;

export const kinds = {
  /** Somebody asked for a new password; `life`: how long the link lives, in words. */
  password_reset: { variables: ['life', 'link'], link: true, notMe: true },
  /** The first password of somebody who works here; `inviter`: who asked. */
  invitation: { variables: ['inviter', 'life', 'link'], link: true, notMe: false },
  /** The same for people from outside. */
  portal_access: { variables: ['life', 'link'], link: true, notMe: false },
  password_changed: { variables: ['when'], link: false, notMe: true },
  /** To the old address; its link undoes it. */
  email_changed: { variables: ['from', 'to', 'life', 'link'], link: true, notMe: true },
  /** To the new address, which counts once confirmed. */
  email_confirm: { variables: ['to', 'life', 'link'], link: true, notMe: true },
  new_device: { variables: ['device', 'address', 'when'], link: false, notMe: true },
  api_key_created: { variables: ['key', 'when'], link: false, notMe: true },
  api_key_expiring: { variables: ['key', 'ends'], link: false, notMe: false },
  /** From the test button of a mail server or of a wording. */
  test: { variables: ['when'], link: false, notMe: false },
} as const satisfies Record<string, Kind>;

/** The name of a kind of mail. */
export type MailKind = keyof typeof kinds;
