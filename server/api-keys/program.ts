// Keys that programs make and revoke by themselves, as Odoo 19 offers it: a living key is the proof.
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mustBelongTo, SETTINGS, type Member } from '../store/caller.ts';
import { hashKey, prefixOf } from './key-text.ts';
import { makeKeyFor } from './keys.ts';
import * as store from './program.store.ts';

/** The caller's own living key of this text. Throws Refusal `key_unknown` (404). */
async function findOwn(caller: Member, secret: SecretKey, text: unknown): Promise<store.OwnKey> {
  const prefix = typeof text === 'string' ? prefixOf(text) : null;
  const found = prefix === null ? undefined : await store.findOwn(caller, prefix);
  if (!found || !hashKey(secret, caller.tenant.id, text as string).equals(found.hash))
    throw new Refusal('key_unknown', { status: 404 });
  return found;
}

/** The day of `2027-01-31` or `2027-01-31 12:00:00`; what is no date is refused where lives are read. */
const dayOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : '');

/**
 * A new key for the caller, who shows a living one of theirs; answers its text. For Settings administrators
 * only, and never further than the key that was shown: one with limits makes none. `scope` is `rpc` or
 * nothing; `expiration_date` a day, or false where keys may be endless.
 * Throws Refusal `not_allowed` (403), `key_unknown` (404), `choice_invalid`, and what `makeKey` throws.
 */
export async function generateKey(
  caller: Member,
  secret: SecretKey,
  { key, scope, name, expiration_date: ends }: Readonly<Record<string, unknown>>,
): Promise<string> {
  mustBelongTo(caller, SETTINGS);
  const shown = await findOwn(caller, secret, key);
  if (shown.limited || caller.person.limits?.readOnly || caller.person.limits?.models)
    throw new Refusal('not_allowed', { status: 403 });
  if (scope && scope !== 'rpc')
    throw new Refusal('choice_invalid', { status: 422, field: 'scope' });
  const { key: made } = await makeKeyFor(caller, secret, {
    name: typeof name === 'string' ? name : '',
    ...(ends ? { lasts: 'date', until: dayOf(ends) } : { lasts: '0', until: '' }),
    scope: 'all',
    models: [],
    readOnly: false,
    addresses: '',
  });
  return made;
}

/** Revokes the caller's own key of this text. Throws Refusal `key_unknown` (404). */
export async function revokeByText(caller: Member, secret: SecretKey, key: unknown): Promise<void> {
  const { id } = await findOwn(caller, secret, key);
  await store.removeOwn(caller, id);
}
