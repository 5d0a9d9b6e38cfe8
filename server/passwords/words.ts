// Words as a guesser sees them: without capitals and accents, and cut into parts.

/** Letters and ligatures that no Unicode decomposition takes apart. */
const LIGATURES: Record<string, string> = { œ: 'oe', æ: 'ae', ø: 'o', ß: 'ss', ł: 'l', đ: 'd' };

/** What people write in place of a letter, the letter included. */
const LOOKALIKES: Record<string, string> = {
  a: '[a4@]',
  b: '[b8]',
  e: '[e3]',
  g: '[g9]',
  i: '[i1!]',
  l: '[l1!]',
  o: '[o0]',
  s: '[s5$]',
  t: '[t7+]',
  z: '[z2]',
};

/** `text` without capitals, accents and ligatures: `Forêt` and `foret` come out the same. */
export function fold(text: string): string {
  return withoutAccents(text.toLowerCase());
}

/** `text` without accents and ligatures, its capitals kept. */
export function withoutAccents(text: string): string {
  if (/^[ -~]*$/.test(text)) return text; // plain ASCII, as most words are: nothing to do
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[œæøßłđ]/g, (letter) => LIGATURES[letter] ?? letter)
    .replace(/[ŒÆØẞŁĐ]/g, (letter) => (LIGATURES[letter.toLowerCase()] ?? letter).toUpperCase());
}

/**
 * The parts of a person's and a co-operative's own words, folded, longest first, each once.
 * `Marie-Anne Le Roy` gives its four names, `marie@velo.coop` its three parts, `BioCoop` both
 * halves and the whole. Single characters are left out.
 */
export function partsOf(words: string[]): string[] {
  const parts = words.flatMap((word) => [
    ...fold(word).split(/[^\p{L}\p{N}]+/u),
    ...fold(word.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set(parts)]
    .filter((part) => part.length > 1)
    .sort((one, other) => other.length - one.length);
}

/**
 * Whether `password` is little more than the given words, in any order: what is left without them
 * holds fewer than three letters and is no longer than a date. Capitals, accents and digits that
 * stand for letters make no difference (ASVS 6.2.11).
 */
export function isMadeOf(password: string, words: string[]): boolean {
  const parts = partsOf(words);
  const folded = fold(password);
  const rest = folded.replace(new RegExp(parts.map(lookalikes).join('|'), 'gu'), '');
  const letters = rest.match(/\p{L}/gu)?.length ?? 0;
  return rest !== folded && letters < 3 && [...rest].length <= 8;
}

/** Parts hold letters and digits only, so nothing in them needs escaping. */
function lookalikes(part: string): string {
  return Array.from(part, (letter) => LOOKALIKES[letter] ?? letter).join('');
}
