// A key in place of a password, on every protocol. It is looked up with every call: a key that was
// revoked, or whose owner was archived, stops the very next one in every process.
import { timingSafeEqual } from 'node:crypto';
import type { SecretKey } from '../kernel/secrets.ts';
import { INTERNAL, type Caller, type Person } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import { toPerson } from '../store/person.ts';
import { remember, type Asked } from '../store/reminders.ts';
import { isAmong } from './addresses.ts';
import { hashKey, prefixOf } from './key-text.ts';
import * as store from './recognise.store.ts';
import { noteUse, type Protocol } from './uses.ts';

export type { Door } from './recognise.store.ts';

/** What a key is used for. */
interface Call {
  protocol: Protocol;
  model: string;
  method: string;
}

/** Whether a text given for a password is shaped like a key: then it is one or nothing. */
export function looksLikeKey(value: string): boolean {
  return prefixOf(value) !== null;
}

/** Limits of the key go with its person, for the registry to enforce. */
function ownerOf(found: store.Found): Person {
  const limits = { keyId: found.key_id, readOnly: found.read_only, models: found.models };
  return { ...toPerson(found, null), limits };
}

function admits(caller: Caller, secret: SecretKey, key: string, found: store.Found): boolean {
  const genuine = timingSafeEqual(hashKey(secret, caller.tenant.id, key), found.key_hash);
  const owned = found.portal_keys || found.groups.includes(INTERNAL);
  const near = found.addresses === null || isAmong(caller.address, found.addresses);
  return genuine && owned && near;
}

/**
 * The owner of a key with what the key leaves of their rights, read in one statement; null for a
 * text that is no key of this tenant, one that ended or was revoked, an archived owner, a portal
 * person where those have no keys, and an address outside the key's list: all look alike from
 * outside. The call is counted. `door` is how the program named the database. Whether the owner is the
 * person that the caller named is the protocol's to compare.
 */
export async function recogniseKey(
  caller: Caller,
  secret: SecretKey,
  key: string,
  use: Call,
  door: store.Door = { name: caller.tenant.name, host: null },
): Promise<{ person: Person; language: string | null; timeZone: string | null } | null> {
  const prefix = prefixOf(key);
  if (prefix === null) return null;
  const { db, tenant, now } = caller;
  const [found] = await store.byPrefix.run(db, {
    ...door,
    tenant: tenant.id,
    prefix,
    now: now(),
  });
  if (!found || !admits(caller, secret, key, found)) return null;
  const { language, time_zone: timeZone } = found;
  const speaker = { person: ownerOf(found), language, timeZone };
  remember(nameOf(secret, key, door, caller.address), { tenant: found.tenant, ...speaker }, found);
  noteCall(caller, speaker.person, use);
  return speaker;
}

/** Counts a call with a key by its owner. */
export function noteCall(caller: Caller, { id, limits }: Person, { protocol, method }: Call): void {
  noteUse(caller, { userId: id, keyId: limits!.keyId, protocol, method });
}

/** What a key is remembered under: the same key, at the same door, from the same address. */
function nameOf(secret: SecretKey, key: string, door: store.Door, address: string): string {
  const { name, host } = door;
  const digest = secret.digest('reminder', key).toString('base64');
  return `key ${digest} ${JSON.stringify([name, host, address])}`;
}

/** What to ask the database about a key ahead of a call; undefined for a text that is none. */
export function askAboutKey(
  dbOf: (tenantId: number) => Database,
  secret: SecretKey,
  key: string,
  door: store.Door,
  { address, now }: { address: string; now: Date },
): Asked | undefined {
  const prefix = prefixOf(key);
  if (prefix === null) return undefined;
  return {
    name: nameOf(secret, key, door, address),
    question: (tenant) => store.byPrefix.ready(dbOf(tenant), { ...door, tenant, prefix, now }),
  };
}
