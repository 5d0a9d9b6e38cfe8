// The time zones a person may choose from, under the names IANA gives them today.

/** One choice: `{ name: 'America/New_York', label: 'America/New York (UTC−05:00)', … }`. */
export interface TimeZone {
  /** The IANA name, as it is stored. */
  readonly name: string;
  readonly label: string;
  /** Distance to UTC at the moment asked about, `-05:00`. */
  readonly offset: string;
  /** The same in minutes, east positive. */
  readonly minutes: number;
}

/**
 * Node and Chromium name these zones as CLDR does, which never renames; IANA, PostgreSQL and
 * Firefox use the name on the right.
 */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The zones that are no place: `Etc/GMT+12` … `Etc/GMT-14`, UTC last. East is minus in these. */
const placeless = [
  ...Array.from({ length: 12 }, (_, index) => `Etc/GMT+${12 - index}`),
  ...Array.from({ length: 14 }, (_, index) => `Etc/GMT-${index + 1}`),
  'UTC',
];

const places = new Set(Intl.supportedValuesOf('timeZone').map((name) => renamed[name] ?? name));
const all = new Set([...places, ...placeless]);

/** ICU resolves more three-letter names than IANA has (PST, JST); these are IANA's. */
const shortNames = /^(CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$/i;

/** The names of all zones a person may have, places first. */
export function timeZoneNames(): string[] {
  return [...all];
}

/**
 * The name IANA gives a zone today: itself, or what an old or short name stands for
 * (`Europe/Kiev` → `Europe/Kyiv`, `GMT` → `UTC`); undefined when there is no such zone. Store what
 * comes out, and pass a browser's zone through here before comparing it.
 */
export function canonicalTimeZone(name: string): string | undefined {
  if (all.has(name)) return name;
  if (name.length === 3 && !shortNames.test(name)) return undefined;
  const resolved = resolve(name);
  const today = resolved && (renamed[resolved] ?? resolved);
  return today && all.has(today) ? today : undefined;
}

function resolve(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return undefined;
  }
}

/** Offsets are whole quarters of an hour everywhere, so every change falls between two of these. */
const quarter = 15 * 60_000;
const lists = new Map<string, { since: number; zones: readonly TimeZone[] }>();
const orders = new Map<string, readonly string[]>();

/**
 * Every zone with its distance to UTC at `now`: places first, in the reader's order, then the
 * zones that are no place. One list a language is kept for a quarter of an hour.
 *
 * @param locale BCP 47 tag of a shipped language
 */
export function listTimeZones(locale: string, now: Date): readonly TimeZone[] {
  const since = Math.floor(now.getTime() / quarter) * quarter;
  const kept = lists.get(locale);
  if (kept?.since === since) return kept.zones;
  const instant = Temporal.Instant.fromEpochMilliseconds(since);
  const zones = inOrder(locale).map((name) => describe(name, instant));
  lists.set(locale, { since, zones });
  return zones;
}

function inOrder(locale: string): readonly string[] {
  const known = orders.get(locale);
  if (known) return known;
  const names = [...[...places].sort(new Intl.Collator(locale).compare), ...placeless];
  orders.set(locale, names);
  return names;
}

function describe(name: string, instant: Temporal.Instant): TimeZone {
  const { offset, offsetNanoseconds } = instant.toZonedDateTimeISO(name);
  const distance = offset.replace('-', '\u2212');
  return {
    name,
    label: `${name.replaceAll('_', ' ')} (UTC${distance})`,
    offset,
    minutes: offsetNanoseconds / 60e9,
  };
}
