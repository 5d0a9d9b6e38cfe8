// A postal address in lines, as post offices of Belgium and France read them.
import { readingOrder } from '../models/asker.ts';
import type { StoredAddress } from './letters.store.ts';

const filled = (lines: (string | null | undefined)[]) =>
  lines.map((line) => line?.trim() ?? '').filter((line) => line !== '');

/** Street and town, without country. */
export function placeLines({ street, street2, zip, city }: StoredAddress): string[] {
  return filled([street, street2, filled([zip, city]).join(' ')]);
}

/**
 * What stands in the window of the envelope: the name, the place, and the country when it is another one
 * than the sender's, in the sender's `language`.
 */
export function windowLines(
  name: string,
  to: StoredAddress,
  from: StoredAddress | undefined,
  language: string,
): string[] {
  const abroad = to.countryCode !== null && to.countryCode !== from?.countryCode;
  const code = readingOrder({ language }).find((one) => to.country?.[one]);
  const country = abroad && code ? to.country![code]!.toUpperCase() : null;
  return filled([name, ...placeLines(to), country]);
}
