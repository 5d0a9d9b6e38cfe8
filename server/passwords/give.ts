// A new password for somebody, by whoever may give one: accepted by the policy, hashed, and everything
// that the old one opened is over.
import { endLinks } from '../links/links.ts';
import { notify } from '../notices/notices.ts';
import * as sessions from '../sign-in/sessions.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './give.store.ts';
import { hashPassword } from './hashing.ts';
import { checkPolicy } from './policy.ts';

/** Whose password it is. */
interface Owner {
  login: string;
  name: string;
  email: string | null;
}

/** The person's own words and the co-operative's: what their password may not be made of (ASVS 6.2.11). */
export function ownWords({ tenant }: Caller, { login, name, email }: Owner): string[] {
  return [login, name, email ?? '', tenant.title, tenant.name];
}

/** The hash of a new password that the tenant's policy accepts. Throws the refusals of `checkPolicy`. */
export async function hashNew(
  caller: Caller,
  password: string,
  owner: Owner,
  field = 'password',
): Promise<string> {
  const { passwordMinLength: minLength } = caller.tenant;
  await checkPolicy(password, { minLength }, ownWords(caller, owner), field);
  return hashPassword(password);
}

/**
 * Stores the hash, ends the person's sessions (but the one that the caller speaks through) and links,
 * and tells them who did it if it was not they. With `mustChange` it opens nothing but the page where
 * they choose one of their own. Answers how many sessions ended.
 */
export async function givePassword(
  caller: Caller,
  userId: number,
  hash: string,
  { mustChange = false } = {},
): Promise<number> {
  await store.setHash(caller, userId, hash, mustChange);
  await endLinks(caller, [userId]);
  const ended = await sessions.endAllOf(caller, userId);
  const { person } = caller;
  if (!person || person.id === userId) await notify(caller, userId, 'password_changed');
  else await notify(caller, userId, 'password_given', { by: person.name });
  return ended;
}
