// What a person sets for themselves (the seed's "Préférences" tab).
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mailLeaves } from '../mail/ready.ts';
import { demandProof } from '../sign-in/proof.ts';
import { inTransaction, INTERNAL, member, type Caller } from '../store/caller.ts';
import { afterChange, askAddress, type Pending } from './address.ts';
import { checkEmail, checkLanguage, checkNotification, checkTimeZone } from './checks.ts';
import * as store from './preferences.store.ts';
import { cleanSignature } from './signature.ts';

/** The stored preferences of the caller, with the head of their profile. */
export interface Profile {
  name: string;
  login: string;
  jobTitle: string | null;
  mobile: string | null;
  phone: string | null;
  notificationType: 'email' | 'inbox';
  language: string | null;
  timeZone: string | null;
  email: string;
  signature: string;
  /** A new address of theirs that is not confirmed yet. */
  waiting: Pending | null;
}

/** What the form sends; a field left out stays as it is. */
export interface Wish {
  notificationType?: string;
  language?: string;
  timeZone?: string;
  email?: string;
  signature?: string;
  /** The password, when the form asked for it again. */
  password?: string;
}

/** The caller's profile. Throws Refusal `sign_in_first` (401). */
export async function readProfile(caller: Caller): Promise<Profile> {
  const found = await store.read(caller, member(caller).person);
  if (!found) throw new Refusal('sign_in_first', { status: 401 });
  return found;
}

/** What is left out stays as it is; the rest is checked. */
function given<T>(value: string | undefined, check: (value: string) => T): T | undefined {
  return value === undefined ? undefined : check(value);
}

/**
 * Saves the caller's preferences, all or nothing; a new address is saved once it is confirmed. Throws Refusal `choice_invalid`,
 * `language_not_loaded`, `time_zone_unknown`, `email_missing`, `email_invalid`,
 * `signature_too_long`, and for a new address `proof_needed` (403), `password_wrong` (403) or
 * `too_many_tries` (429).
 */
export async function savePreferences(
  caller: Caller,
  secret: SecretKey,
  wish: Wish,
): Promise<void> {
  const { person } = member(caller);
  const notificationType = given(wish.notificationType, (type) =>
    checkNotification(type, person.groups.has(INTERNAL), 'notificationType'),
  );
  const timeZone = given(wish.timeZone, (name) => checkTimeZone(name, 'timeZone'));
  const email = given(wish.email, (text) => checkEmail(text, 'email'));
  if (email === '') throw new Refusal('email_missing', { field: 'email' });
  const signature = wish.signature === undefined ? undefined : await cleanSignature(wish.signature);
  const moved = email !== undefined && email !== person.email;
  // ASVS 7.5.1.
  if (moved) await demandProof(caller, secret, wish.password);
  const language = await given(wish.language, (code) => checkLanguage(caller, code, 'language'));
  const values = { notificationType, language, timeZone, email, signature };
  // One statement is all or nothing by itself, and two round trips less under the lock of the row.
  if (!moved) return store.write(caller, person, values);
  await inTransaction(caller, (inside) => move(inside, { ...values, email }));
}

/** A new address waits until it is confirmed; where mail does not leave nobody could, and it counts at once. */
async function move(inside: Caller, values: store.Values & { email: string }): Promise<void> {
  const { person } = member(inside);
  const { email: to } = values;
  if (await mailLeaves(inside)) {
    await store.write(inside, person, { ...values, email: undefined });
    return askAddress(inside, to);
  }
  await store.write(inside, person, values);
  await afterChange(inside, person.id, { from: person.email ?? '', to, kind: 'address_changed' });
}
