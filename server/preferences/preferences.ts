// What a person sets for themselves (the seed's "Préférences" tab).
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { loadedLanguages } from '../languages/load.ts';
import { notify } from '../notices/notices.ts';
import { demandProof } from '../sign-in/proof.ts';
import { inTransaction, INTERNAL, member, type Caller } from '../store/caller.ts';
import { looksLikeEmail, oneLine } from '../users/create.ts';
import * as store from './preferences.store.ts';
import { cleanSignature } from './signature.ts';
import { canonicalTimeZone } from './time-zones.ts';

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
  return store.read(caller, member(caller).person);
}

function checkNotification(caller: Caller, type: string | undefined) {
  if (type === undefined) return undefined;
  if (type !== 'email' && type !== 'inbox')
    throw new Refusal('choice_invalid', { field: 'notificationType' });
  if (type === 'inbox' && !member(caller).person.groups.has(INTERNAL))
    throw new Refusal('choice_invalid', { field: 'notificationType' });
  return type;
}

async function checkLanguage(caller: Caller, language: string | undefined) {
  if (language === undefined) return undefined;
  const loaded = await loadedLanguages(caller);
  if (!loaded.includes(language))
    throw new Refusal('language_not_loaded', { field: 'language', values: { code: language } });
  return language;
}

function checkTimeZone(wished: string | undefined) {
  if (wished === undefined) return undefined;
  const timeZone = canonicalTimeZone(wished);
  if (timeZone === undefined) throw new Refusal('time_zone_unknown', { field: 'timeZone' });
  return timeZone;
}

function checkEmail(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const email = oneLine(text);
  if (email === '') throw new Refusal('email_missing', { field: 'email' });
  if (!looksLikeEmail(email)) throw new Refusal('email_invalid', { field: 'email' });
  return email;
}

/**
 * Saves the caller's preferences, all or nothing. Throws Refusal `choice_invalid`,
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
  const notificationType = checkNotification(caller, wish.notificationType);
  const timeZone = checkTimeZone(wish.timeZone);
  const email = checkEmail(wish.email);
  const signature = wish.signature === undefined ? undefined : await cleanSignature(wish.signature);
  const moved = email !== undefined && email !== person.email;
  // ASVS 7.5.1.
  if (moved) await demandProof(caller, secret, wish.password);
  const language = await checkLanguage(caller, wish.language);
  const values = { notificationType, language, timeZone, email, signature };
  // One statement is all or nothing by itself, and two round trips less under the lock of the row.
  if (!moved) return store.write(caller, person, values);
  await inTransaction(caller, async (inside) => {
    await store.write(inside, person, values);
    await notify(inside, person.id, 'email_changed', { from: person.email || '–', to: email });
  });
}
