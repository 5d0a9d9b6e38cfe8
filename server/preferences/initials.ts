// What stands in for a picture: one or two letters on one of eight colours.

/** Enough of a name to find its letters; the rest of a hostile one is not read. */
const READ = 500;

/** A letter with the marks that stand on it: scripts such as Devanagari write vowels so. */
const LETTER = /\p{L}\p{M}{0,2}/u;

/** Folds a name, so that its outer space, case and way of writing accents do not count. */
function fold(name: string): string {
  return name.slice(0, READ).normalize('NFC').trim();
}

/**
 * The first letter of the first and of the last word that has one, in upper case: `JB` for
 * Jean-Pierre Van den Berghe, `M` for Marie, `?` for a name without letters.
 */
export function initials(name: string): string {
  const letters = fold(name)
    .split(/\s+/u)
    .map((word) => LETTER.exec(word)?.[0])
    .filter((letter) => letter !== undefined);
  const [first] = letters;
  if (first === undefined) return '?';
  const chosen = letters.length > 1 ? [first, letters.at(-1)!] : [first];
  return chosen.map(capital).join('');
}

/** One capital: `ß` alone would become two letters. */
function capital(letter: string): string {
  return LETTER.exec(letter.toUpperCase().normalize('NFC'))?.[0] ?? letter;
}

/** The colour of a name, 0 to 7: the same one on every page and every machine (FNV-1a). */
export function initialsColour(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(fold(name).toLowerCase()))
    hash = Math.imul(hash ^ byte, 0x01000193);
  // The low bits of this hash see too little of the text; the high ones are mixed in.
  return (hash ^ (hash >>> 15)) & 7;
}
