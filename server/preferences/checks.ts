// What a preference may be, whoever sets it: the profile's page, a program over the wire, an
// administrator, the console.
import { Refusal } from '../kernel/refusal.ts';
import { findLanguage } from '../languages/known.ts';
import { loadedLanguages } from '../languages/load.ts';
import type { Caller } from '../store/caller.ts';
import { canonicalTimeZone } from './time-zones.ts';

/** Most characters of a login, a name or an address. */
const LONGEST = 320;

/** An address with something before and after one @, no space and a dot in its domain. */
export function looksLikeEmail(text: string): boolean {
  return (
    text.length <= LONGEST && /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+\.[^\s@.]+$/u.test(text)
  );
}

/** Removes what no one-line text may hold: control characters become spaces, outer space goes. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

/** How a person wants to be told. Throws Refusal `choice_invalid`: only internal people have an inbox. */
export function checkNotification(type: string, internal: boolean, field: string): string {
  if (type === 'email' || (type === 'inbox' && internal)) return type;
  throw new Refusal('choice_invalid', { field });
}

/** The code of a loaded language. Throws Refusal `language_not_loaded`. */
export async function checkLanguage(caller: Caller, wished: string, field: string) {
  const code = findLanguage(wished)?.code;
  if (code !== undefined && (await loadedLanguages(caller)).includes(code)) return code;
  throw new Refusal('language_not_loaded', { field, values: { code: wished } });
}

/** The name IANA gives the zone today. Throws Refusal `time_zone_unknown`. */
export function checkTimeZone(wished: string, field: string): string {
  const timeZone = canonicalTimeZone(wished);
  if (timeZone === undefined) throw new Refusal('time_zone_unknown', { field });
  return timeZone;
}

/** The address on one line, or '' for none. Throws Refusal `email_invalid`. */
export function checkEmail(text: string, field: string): string {
  const email = oneLine(text);
  if (email !== '' && !looksLikeEmail(email)) throw new Refusal('email_invalid', { field });
  return email;
}

/** A login without outer space. Throws Refusal `login_missing`, `text_too_long`. */
export function checkLogin(text: string): string {
  const login = oneLine(text);
  if (login === '') throw new Refusal('login_missing', { field: 'login' });
  if (login.length > LONGEST)
    throw new Refusal('text_too_long', { field: 'login', values: { most: LONGEST } });
  return login;
}

/** A name on one line, or ''. Throws Refusal `text_too_long`. */
export function checkName(text: string): string {
  const name = oneLine(text);
  if (name.length <= LONGEST) return name;
  throw new Refusal('text_too_long', { field: 'name', values: { most: LONGEST } });
}
