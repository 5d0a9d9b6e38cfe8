// The languages we ship, and which of a tenant's languages a reader gets.
export { localeTag } from '#locales/words.ts';

/** Formats in Odoo's own terms, as `res.lang` serves them on the wire. */
interface WireFormats {
  readonly date_format: string;
  readonly time_format: string;
  readonly short_time_format: string;
  readonly decimal_point: string;
  readonly thousands_sep: string;
  readonly grouping: string;
  /** `1` is Monday, `7` is Sunday. */
  readonly week_start: string;
}

export interface KnownLanguage {
  /** Its number on the wire: given once, never to another. */
  readonly id: number;
  /** Odoo's code, as stored: `fr_BE`. */
  readonly code: string;
  /** What its readers call it: `Français (BE)`. */
  readonly name: string;
  readonly englishName: string;
  /** In addresses, as Odoo has it: the first region of a language goes by the language alone. */
  readonly urlCode: string;
  readonly direction: 'ltr' | 'rtl';
  /** BCP 47 tag: `fr-BE`. */
  readonly tag: string;
  /** The catalogues its sentences come from, nearest first. */
  readonly fallback: readonly string[];
  readonly formats: WireFormats;
}

const european: WireFormats = {
  date_format: '%d/%m/%Y',
  time_format: '%H:%M:%S',
  short_time_format: '%H:%M',
  decimal_point: ',',
  thousands_sep: '.',
  grouping: '[3,0]',
  week_start: '1',
};
const american: WireFormats = {
  ...european,
  date_format: '%m/%d/%Y',
  decimal_point: '.',
  thousands_sep: ',',
  week_start: '7',
};

/** The shipped languages, in the order of the lists people choose from. Formats are Odoo 18's. */
export const known: readonly KnownLanguage[] = [
  {
    id: 1,
    code: 'en_US',
    tag: 'en-US',
    urlCode: 'en',
    name: 'English',
    englishName: 'English (US)',
    direction: 'ltr',
    fallback: ['en'],
    formats: american,
  },
  {
    id: 2,
    code: 'fr_BE',
    tag: 'fr-BE',
    urlCode: 'fr_BE',
    name: 'Français (BE)',
    englishName: 'French (BE)',
    direction: 'ltr',
    fallback: ['fr_BE', 'fr', 'en'],
    formats: european,
  },
  {
    id: 3,
    code: 'fr_FR',
    tag: 'fr-FR',
    urlCode: 'fr',
    name: 'Français',
    englishName: 'French',
    direction: 'ltr',
    fallback: ['fr', 'en'],
    formats: { ...european, thousands_sep: '\u00a0' },
  },
  {
    id: 4,
    code: 'nl_BE',
    tag: 'nl-BE',
    urlCode: 'nl_BE',
    name: 'Nederlands (BE)',
    englishName: 'Dutch (BE)',
    direction: 'ltr',
    fallback: ['nl_BE', 'nl', 'en'],
    formats: { ...european, date_format: '%d-%m-%Y' },
  },
  {
    id: 5,
    code: 'nl_NL',
    tag: 'nl-NL',
    urlCode: 'nl',
    name: 'Nederlands',
    englishName: 'Dutch',
    direction: 'ltr',
    fallback: ['nl', 'en'],
    formats: { ...european, date_format: '%d-%m-%Y' },
  },
  {
    id: 6,
    code: 'de_DE',
    tag: 'de-DE',
    urlCode: 'de',
    name: 'Deutsch',
    englishName: 'German',
    direction: 'ltr',
    fallback: ['de', 'en'],
    formats: { ...european, date_format: '%d.%m.%Y' },
  },
];

/** The shipped language of a code, whatever its case and separator: `fr_BE`, `fr-be`. */
export function findLanguage(code: string): KnownLanguage | undefined {
  const wished = plain(code);
  return known.find((language) => plain(language.code) === wished);
}

/** What is known of a reader's wishes, strongest first. */
interface LanguageWishes {
  /** What the person chose in their preferences. */
  preferred?: string | null;
  /** What they chose in the selector before signing in. */
  cookie?: string | null;
  /** The browser's `Accept-Language` header, untouched. */
  acceptLanguage?: string | null;
  /** The tenant's default. */
  fallback: string;
}

/**
 * The language a reader gets: always one of `offered` (the tenant's loaded languages), or `en_US`
 * when there is none. A region that is not offered is served by another of its language.
 */
export function chooseLanguage(offered: readonly string[], wishes: LanguageWishes): string {
  const { preferred, cookie, acceptLanguage, fallback } = wishes;
  const inOrder = [preferred, cookie, ...acceptedRanges(acceptLanguage ?? ''), fallback, 'en_US'];
  for (const wish of inOrder) {
    const found = wish && match(offered, wish === '*' ? fallback : wish, fallback);
    if (found) return found;
  }
  return offered[0] ?? 'en_US';
}

/** The wish itself, else the tenant's own variant of that language, else the first of it. */
function match(offered: readonly string[], wish: string, fallback: string): string | undefined {
  const wished = plain(wish);
  const siblings = offered.filter((code) => languageOf(code) === languageOf(wish));
  return (
    siblings.find((code) => plain(code) === wished) ??
    siblings.find((code) => code === fallback) ??
    siblings[0]
  );
}

/** No browser sends more; a longer header is somebody's trick, and only its start is read. */
const longestHeader = 512;
const mostRanges = 20;
const rangeWithWeight =
  /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8}){0,4}|\*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/i;

/** Language ranges by weight, heaviest first (RFC 9110 12.5.4); weight 0 means "not this". */
function acceptedRanges(header: string): string[] {
  return header
    .slice(0, longestHeader)
    .split(',', mostRanges)
    .map((part) => rangeWithWeight.exec(part))
    .filter((found) => found !== null)
    .map(([, range = '', weight = '1']) => ({ range, weight: Number(weight) }))
    .filter(({ weight }) => weight > 0 && weight <= 1)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

function plain(code: string): string {
  return code.replaceAll('_', '-').toLowerCase();
}

function languageOf(code: string): string {
  return plain(code).split('-', 1)[0] ?? '';
}
