// Languages as pages show them.

export interface ShownLanguage {
  code: string;
  /** What its readers call it. */
  name: string;
  /** BCP 47, for `lang`. */
  tag: string;
}

/** The wanted ones, without what pages have no use for. */
export function shownLanguages(
  known: readonly ShownLanguage[],
  wanted: (code: string) => boolean,
): ShownLanguage[] {
  return known
    .filter(({ code }) => wanted(code))
    .map(({ code, name, tag }) => ({ code, name, tag }));
}
