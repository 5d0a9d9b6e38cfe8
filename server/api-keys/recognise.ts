// A key in place of a password, on every protocol. Nothing is kept between calls: a key that was
// revoked, or whose owner was archived, stops the very next call in every process.
import { timingSafeEqual } from 'node:crypto';
import type { SecretKey } from '../kernel/secrets.ts';
import { INTERNAL, type Caller, type Person } from '../store/caller.ts';
import { toPerson } from '../store/person.ts';
import { isAmong } from './addresses.ts';
import { hashKey, prefixOf } from './key-text.ts';
import * as store from './recognise.store.ts';
import { noteUse, type Protocol } from './uses.ts';

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
 * outside. The call is counted. Whether the owner is the person that the caller named is the
 * protocol's to compare.
 */
export async function recogniseKey(
  caller: Caller,
  secret: SecretKey,
  key: string,
  use: Call,
): Promise<{ person: Person; language: string | null; timeZone: string | null } | null> {
  const prefix = prefixOf(key);
  const found = prefix === null ? undefined : await store.find(caller, prefix);
  if (!found || !admits(caller, secret, key, found)) return null;
  noteUse(caller, {
    userId: found.user_id,
    keyId: found.key_id,
    protocol: use.protocol,
    method: use.method,
  });
  return { person: ownerOf(found), language: found.language, timeZone: found.time_zone };
}
