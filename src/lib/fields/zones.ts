// Time zones for people: grouped by continent, and found by the name of their country too.
import type { Key, Words } from '#locales/words.ts';
import type { Choice } from './search.ts';

/** IANA name, and name with its distance to UTC: `America/New York (UTC−05:00)`. */
export interface Zone {
  name: string;
  label: string;
}

/** Lists are made anew every quarter of an hour, one for each language. */
const packed = new WeakMap<readonly object[], string>();
const unpacked = new Map<string, Zone[]>();
const KEPT = 12;

/**
 * The zones as one short text, for the data of a page: hundreds of objects would take longer to send
 * than the rest of the page.
 */
export function packZones(zones: readonly { name: string; offset: string }[]): string {
  const text = packed.get(zones) ?? zones.map(({ name, offset }) => `${name} ${offset}`).join(';');
  packed.set(zones, text);
  return text;
}

/** The zones of a packed text. */
export function unpackZones(text: string): Zone[] {
  const known = unpacked.get(text);
  if (known) return known;
  const zones = text.split(';').map((zone) => {
    const [name = '', offset = ''] = zone.split(' ');
    const distance = offset.replace('-', '\u2212');
    return { name, label: `${name.replaceAll('_', ' ')} (UTC${distance})` };
  });
  if (unpacked.size >= KEPT) unpacked.clear();
  unpacked.set(text, zones);
  return zones;
}

const continents: Record<string, Key> = {
  Africa: 'zones.africa',
  America: 'zones.america',
  Antarctica: 'zones.antarctica',
  Arctic: 'zones.arctic',
  Asia: 'zones.asia',
  Atlantic: 'zones.atlantic',
  Australia: 'zones.australia',
  Europe: 'zones.europe',
  Indian: 'zones.indian',
  Pacific: 'zones.pacific',
};

/** The zones under the continents of their names, in the order they come. */
export function byContinent(zones: readonly Zone[]): { label: Key; zones: Zone[] }[] {
  const groups = Map.groupBy(
    zones,
    ({ name }) => continents[name.split('/', 1)[0] ?? ''] ?? 'zones.other',
  );
  return [...groups].map(([label, inside]) => ({ label, zones: inside }));
}

/** The options of each language, for the list of this quarter: four hundred are drawn once, not for each page. */
const drawn = new Map<string, { text: string; options: string }>();

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function draw(text: string, { t }: Words): string {
  const option = ({ name, label }: Zone) =>
    `<option value="${escaped(name)}">${escaped(label)}</option>`;
  return byContinent(unpackZones(text))
    .map(
      ({ label, zones }) =>
        `<optgroup label="${escaped(t(label))}">${zones.map(option).join('')}</optgroup>`,
    )
    .join('');
}

/** HTML of the options of a packed text, by continent, in the words of a language; `chosen` is selected. */
export function zoneOptions(text: string, words: Words, chosen: string): string {
  let kept = drawn.get(words.locale);
  if (kept?.text !== text) drawn.set(words.locale, (kept = { text, options: draw(text, words) }));
  const mark = `<option value="${escaped(chosen)}"`;
  return kept.options.replace(mark, () => `${mark} selected`);
}

/** The zone as this machine calls it: an old and a new name of one zone come out alike. */
function resolved(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // A browser may not know a zone that our server knows.
    return undefined;
  }
}

/**
 * What to offer a browser whose own zone is another than `chosen`: its zone under the name our list
 * has for it, or undefined when the two are the same or the list has none.
 */
export function otherZone(zones: readonly Zone[], chosen: string, own: string): Zone | undefined {
  if (own === chosen || (chosen !== '' && resolved(own) === resolved(chosen))) return undefined;
  return (
    zones.find(({ name }) => name === own) ??
    zones.find(({ name }) => resolved(name) === resolved(own))
  );
}

/** Not in every browser, and not yet in TypeScript's library. */
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));

/** Names of countries, in the reader's language, by the zones they use. */
function countriesByZone(locale: string): Map<string, string> {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const found = codes.flatMap((code) => {
    const country = names.of(code);
    if (!country) return [];
    const zones = (new Intl.Locale(`und-${code}`) as LocaleWithZones).getTimeZones?.() ?? [];
    return zones.map((zone): [string, string] => [resolved(zone) ?? zone, country]);
  });
  return new Map(found);
}

/** The zones as choices; with `locale`, findable by country (takes a tenth of a second). */
export function zoneChoices(zones: readonly Zone[], locale?: string): Choice[] {
  const countries = locale === undefined ? undefined : countriesByZone(locale);
  return zones.map(({ name, label }) => ({
    value: name,
    label,
    words: countries?.get(name) ?? countries?.get(resolved(name) ?? ''),
  }));
}
