// The words of one language: sentences of the catalogues, and dates, numbers and order the way its
// readers write them. Server, pages and browser use this same file, so it takes nothing of theirs.
import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** A key of the catalogues. English is the source, so a key it lacks is a type error. */
export type Key = keyof typeof en;

/** Sentences by key, in ICU MessageFormat. */
export type Catalogue = Partial<Record<string, string>>;

/** Values for the placeholders of a sentence. */
type Values = Record<string, string | number | Date>;

/** A moment (Date, milliseconds, ISO date-time) or a calendar day (`2026-03-01`). */
type Moment = Date | string | number;

/** `short` is for tables (01/03/2026), `long` for sentences (1 mars 2026). */
type DateStyle = 'short' | 'long';

export interface Words {
  /** BCP 47 tag, as `<html lang>` and Intl want it: `fr-BE`. */
  readonly locale: string;
  /** The sentence at `key`. Throws when a placeholder of the sentence gets no value. */
  t(key: Key, values?: Values): string;
  /** Like `t` for a key put together at run time; falls back to the sentence `refusal.unknown`. */
  tell(key: string, values?: Values): string;
  has(key: string): key is Key;
  /** A calendar day stays that day in every zone; a moment is its day in `timeZone`. */
  date(moment: Moment, style?: DateStyle, timeZone?: string): string;
  dateTime(moment: Moment, timeZone?: string, style?: DateStyle): string;
  /** How long ago, or how far ahead, in the largest whole unit: `il y a 5 minutes`. */
  relative(moment: Moment, now: Moment): string;
  number(amount: number): string;
  /** Order of two names for `sort`: accents count last, and 2 comes before 10. */
  compare(a: string, b: string): number;
  /** `a, b et c`. */
  list(items: string[]): string;
}

/** The BCP 47 tag of one of our codes: `fr_BE` → `fr-BE`. */
export function localeTag(code: string): string {
  return code.replaceAll('_', '-');
}

/**
 * Intl objects weigh tens of kilobytes and take a tenth of a millisecond to make, so they are shared
 * by all words. The bound is there because each person picks a time zone.
 */
const kept = new Map<string, unknown>();
const keptAtMost = 120;

function keep<T>(name: string, make: () => T): T {
  const found = kept.get(name);
  if (found !== undefined) return found as T;
  const made = make();
  const oldest = kept.keys().next();
  if (kept.size >= keptAtMost && !oldest.done) kept.delete(oldest.value);
  kept.set(name, made);
  return made;
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `date ${locale} ${JSON.stringify(options)}`;
  return keep(name, () => new Intl.DateTimeFormat(locale, options));
}

/**
 * The locale whose digits a reader is used to: Belgians write 1.006,5 in all their languages, where
 * Unicode's data has the spaces of France for Belgian French.
 */
export function numberLocale(locale: string): string {
  return locale === 'fr-BE' ? 'nl-BE' : locale;
}

function numbers(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const name = `number ${locale} ${JSON.stringify(options)}`;
  return keep(name, () => new Intl.NumberFormat(numberLocale(locale), options));
}

const day: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
};
/** Twenty-four hours in every language, as Odoo's formats have it, the American one included. */
const minute: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};
const calendarDay = /^\d{4}-\d{2}-\d{2}$/;

/** Largest first, in seconds. No weeks: "10 days ago" is easier to place than "1 week ago". */
const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function sinceOrUntil(locale: string, moment: Moment, now: Moment): string {
  const seconds = (new Date(moment).getTime() - new Date(now).getTime()) / 1000;
  const span = spans.find(([, size]) => Math.abs(seconds) >= size);
  // "Now" is a word, but "yesterday" would be wrong for 30 hours ago: days are counted, not named.
  const numeric = span ? 'always' : 'auto';
  const name = `relative ${locale} ${numeric}`;
  const format = keep(name, () => new Intl.RelativeTimeFormat(locale, { numeric }));
  return span ? format.format(Math.trunc(seconds / span[1]), span[0]) : format.format(0, 'second');
}

/** Compiles sentences that hold placeholders; their dates and times follow `timeZone`. */
function sentenceMaker(locale: string, timeZone: string) {
  const formatters = {
    getNumberFormat: (_: unknown, options?: object) => numbers(locale, options),
    getDateTimeFormat: (_: unknown, options?: object) =>
      dates(locale, { timeZone, hourCycle: minute.hourCycle, ...options }),
    getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) =>
      keep(`plural ${locale} ${options?.type}`, () => new Intl.PluralRules(locale, options)),
  };
  // A tag in a sentence stays text: sentences hold no markup, whoever shows them escapes.
  const options = { ignoreTag: true, formatters };
  return (sentence: string) => new IntlMessageFormat(sentence, locale, undefined, options);
}

/** Looks sentences up and fills them in; each is compiled once, at its first use. */
function sentencesOf(locale: string, chain: Catalogue[], timeZone: string) {
  const sentences = new Map(chain.toReversed().flatMap((catalogue) => Object.entries(catalogue)));
  const compiled = new Map<string, IntlMessageFormat>();
  const compile = sentenceMaker(locale, timeZone);

  const fill = (key: string, sentence: string, values: Values) => {
    let ready = compiled.get(key);
    if (!ready) compiled.set(key, (ready = compile(sentence)));
    return String(ready.format(values));
  };
  const has = (key: string): key is Key => sentences.has(key);
  const t = (key: Key, values: Values = {}) => {
    const sentence = sentences.get(key);
    if (sentence === undefined) return key;
    return sentence.includes('{') ? fill(key, sentence, values) : sentence;
  };
  const tell = (key: string, values: Values = {}) => {
    if (!has(key)) return t('refusal.unknown');
    try {
      return t(key, values);
    } catch {
      // Telling someone that something failed must not fail in its turn for want of a value.
      return t('refusal.unknown');
    }
  };
  return { t, tell, has };
}

/**
 * The words of one language.
 *
 * @param code our code of the language, `fr_BE`
 * @param chain catalogues to look in, nearest first: Belgian French, French, English
 * @param timeZone the zone of dates where the caller names none; UTC by default, never the
 *   machine's own, so that server and browser write the same
 */
export function makeWords(code: string, chain: Catalogue[], timeZone = 'UTC'): Words {
  const locale = localeTag(code);
  let order: Words['compare'] | undefined;
  let joiner: Intl.ListFormat | undefined;
  const write = (moment: Moment, zone: string, options: Intl.DateTimeFormatOptions) =>
    dates(locale, { ...options, timeZone: zone }).format(new Date(moment));

  return {
    locale,
    ...sentencesOf(locale, chain, timeZone),
    date: (moment, style = 'short', zone = timeZone) =>
      write(moment, calendarDay.test(String(moment)) ? 'UTC' : zone, day[style]),
    dateTime: (moment, zone = timeZone, style = 'short') =>
      write(moment, zone, { ...day[style], ...minute }),
    relative: (moment, now) => sinceOrUntil(locale, moment, now),
    number: (amount) => numbers(locale).format(amount),
    compare: (a, b) => (order ??= new Intl.Collator(locale, { numeric: true }).compare)(a, b),
    list: (items) => (joiner ??= new Intl.ListFormat(locale)).format(items),
  };
}
