// A new person in a tenant, from the console or the set-up page.
import { join, resolveGroups } from '../access/groups.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findLanguage } from '../languages/known.ts';
import { loadedLanguages } from '../languages/load.ts';
import { hashPassword } from '../passwords/hashing.ts';
import { checkPolicy } from '../passwords/policy.ts';
import { inTransaction, INTERNAL, PORTAL, type Caller } from '../store/caller.ts';
import * as store from './create.store.ts';

/** What is known of the newcomer. Without a password they set one through a link. */
export interface Newcomer {
  login: string;
  name?: string;
  email?: string | null;
  language?: string | null;
  /** External ids or plain words; empty means an internal user, or a portal one with `portal`. */
  groups?: readonly string[];
  portal?: boolean;
  password?: string;
}

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

async function checkLanguage(caller: Caller, wished: string | null | undefined) {
  if (!wished) return null;
  const language = findLanguage(wished);
  const loaded = await loadedLanguages(caller);
  if (!language || !loaded.includes(language.code))
    throw new Refusal('language_not_loaded', { field: 'language', values: { code: wished } });
  return language.code;
}

function checkLogin(text: string): string {
  const login = oneLine(text);
  if (login === '') throw new Refusal('login_missing', { field: 'login' });
  if (login.length > LONGEST)
    throw new Refusal('text_too_long', { field: 'login', values: { most: LONGEST } });
  return login;
}

function checkEmail(text: string | null | undefined, login: string): string | null {
  const email = oneLine(text ?? '') || (looksLikeEmail(login) ? login : null);
  if (email && !looksLikeEmail(email)) throw new Refusal('email_invalid', { field: 'email' });
  return email;
}

/**
 * Makes the person; answers their number. Throws Refusal `login_missing`, `login_taken`,
 * `email_invalid`, `language_not_loaded`, `group_unknown`, `user_type_unclear`, or one of the
 * password policy's.
 */
export async function createUser(caller: Caller, newcomer: Newcomer): Promise<number> {
  const login = checkLogin(newcomer.login);
  const email = checkEmail(newcomer.email, login);
  const name = oneLine(newcomer.name ?? '') || login;
  if (name.length > LONGEST)
    throw new Refusal('text_too_long', { field: 'name', values: { most: LONGEST } });
  const passwordHash = await hashOf(caller, newcomer.password, [login, name, email ?? '']);
  return inTransaction(caller, async (inside) => {
    const language = await checkLanguage(inside, newcomer.language);
    const groups = await resolveGroups(inside, groupNames(newcomer));
    const id = await store.insertUser(inside, { login, name, email, language, passwordHash });
    if (id === null) throw new Refusal('login_taken', { field: 'login', status: 409 });
    await join(inside, id, groups);
    return id;
  });
}

function groupNames({ groups = [], portal }: Newcomer): readonly string[] {
  if (portal) return [PORTAL, ...groups];
  return groups.length > 0 ? groups : [INTERNAL];
}

async function hashOf(caller: Caller, password: string | undefined, words: string[]) {
  if (password === undefined) return null;
  const policy = { minLength: caller.tenant.passwordMinLength };
  await checkPolicy(password, policy, [...words, caller.tenant.title], 'password');
  return hashPassword(password);
}
