// An API key in the reader's words.
import type { KeyRow } from '#server/api-keys/keys.ts';
import { t, words } from '#lib/words.ts';
import type { Key } from '#locales/words.ts';

/** Labels of models by name, for those the reader may see. */
export type ModelLabels = Readonly<Record<string, string>>;

const protocols: Readonly<Record<string, string>> = {
  xmlrpc: 'XML-RPC',
  jsonrpc: 'JSON-RPC',
  json2: 'JSON-2',
};

/** The name of a protocol as programmers write it. */
export function protocolName(protocol: string): string {
  return protocols[protocol] ?? protocol;
}

/** What a key permits. */
export function tellScope({ readOnly, models }: KeyRow, labels: ModelLabels): string {
  if (models === null) return readOnly ? t('keys.read-only') : t('keys.full');
  const names = words().list(models.map((name) => labels[name] ?? name));
  return readOnly ? t('keys.only-read', { models: names }) : t('keys.only', { models: names });
}

/** Whether a key has ended. */
export function hasEnded({ expiresAt }: KeyRow, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Where a key may be used from. */
export function tellAddresses(addresses: readonly string[]): string {
  const plain = addresses.map((address) => address.replace(/(?<=\.\d+)\/32$|(?<=:.*)\/128$/, ''));
  return t('keys.from', { addresses: words().list(plain) });
}

/** When a key ends, or ended. */
export function tellEnd(
  key: KeyRow,
  now: Date,
  timeZone: string,
  style: 'long' | 'short' = 'long',
): string {
  if (key.expiresAt === null) return t('keys.endless');
  // A day that is named lasts until its end, which is already the next day's first moment.
  const last = words().date(new Date(key.expiresAt.getTime() - 1), style, timeZone);
  return hasEnded(key, now) ? t('keys.ended', { when: last }) : t('keys.ends', { when: last });
}

/** When, from where and how a key was last used. */
export function tellLastUse(key: KeyRow, now: Date): string {
  if (key.lastUsedAt === null) return t('keys.never');
  return t('keys.last', {
    ago: words().relative(key.lastUsedAt, now),
    address: key.lastAddress ?? '–',
    protocol: protocolName(key.lastProtocol ?? '–'),
    family: key.lastFamily ?? 'other',
  });
}

/** Lives on offer, as the list of choices shows them. */
const lives: Readonly<Record<number, Key>> = {
  1: 'keys.lasts.day',
  7: 'keys.lasts.week',
  30: 'keys.lasts.month',
  90: 'keys.lasts.quarter',
  180: 'keys.lasts.half',
  365: 'keys.lasts.year',
};

/** The choices of how long a key works. */
export function lifeChoices(days: readonly number[], endless: boolean) {
  return [
    ...days.map((count) => ({ value: String(count), label: t(lives[count]!) })),
    { value: 'date', label: t('keys.lasts.date') },
    ...(endless ? [{ value: '0', label: t('keys.lasts.endless') }] : []),
  ];
}
