// Changing one's own password: the current one, the new one twice. Other sessions end, this one stays
// under a new token (ASVS 6.2.2, 6.2.3, 7.4.3).
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { notify } from '../notices/notices.ts';
import { prove } from '../sign-in/password.ts';
import * as sessions from '../sign-in/sessions.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import { hashPassword } from './hashing.ts';
import { checkPolicy } from './policy.ts';
import * as store from './change.store.ts';

/** What the form sends. */
export interface Change {
  current: string;
  password: string;
  repeated: string;
}

/**
 * The caller's own words and the co-operative's: what their password may not be made of.
 */
export function ownWords(caller: Caller): string[] {
  const { person } = member(caller);
  return [person.login, person.name, person.email ?? '', caller.tenant.title, caller.tenant.name];
}

/**
 * Changes the caller's password. Answers the new token of this session and how many others ended.
 * Throws Refusal `password_missing`, `passwords_differ`, `password_same`, `password_wrong` (403),
 * `too_many_tries` (429), or one of the password policy's.
 */
export async function changePassword(
  caller: Caller,
  secret: SecretKey,
  { current, password, repeated }: Change,
): Promise<{ token: string; ended: number }> {
  const { person } = member(caller);
  if (current === '') throw new Refusal('password_missing', { field: 'current' });
  if (password === '') throw new Refusal('password_missing', { field: 'password' });
  if (password !== repeated) throw new Refusal('passwords_differ', { field: 'repeated' });
  await prove(caller, secret, current, 'current');
  if (password === current) throw new Refusal('password_same', { field: 'password' });
  const policy = { minLength: caller.tenant.passwordMinLength };
  await checkPolicy(password, policy, ownWords(caller), 'password');
  const hash = await hashPassword(password);
  return inTransaction(caller, async (inside) => {
    await store.setHash(inside, person.id, hash);
    const ended = await sessions.endOthers(inside);
    await notify(inside, person.id, 'password_changed', {});
    return { token: await sessions.renew(inside), ended };
  });
}
