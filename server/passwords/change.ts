// Changing one's own password: the current one, the new one twice. Other sessions end, this one stays
// under a new token (ASVS 6.2.2, 6.2.3, 7.4.3).
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { prove } from '../sign-in/password.ts';
import * as sessions from '../sign-in/sessions.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import { givePassword, hashNew } from './give.ts';

/** What the form sends. */
export interface Change {
  current: string;
  password: string;
  repeated: string;
}

/** Proves the current password, then stores the new one; `also` runs in the same transaction. */
async function replace<T>(
  caller: Caller,
  secret: SecretKey,
  { current, password }: Pick<Change, 'current' | 'password'>,
  also: (inside: Caller, ended: number) => Promise<T>,
): Promise<T> {
  const { person } = member(caller);
  if (current === '') throw new Refusal('password_missing', { field: 'current' });
  if (password === '') throw new Refusal('password_missing', { field: 'password' });
  await prove(caller, secret, current, 'current');
  if (password === current) throw new Refusal('password_same', { field: 'password' });
  const hash = await hashNew(caller, password, person);
  return inTransaction(caller, async (inside) =>
    also(inside, await givePassword(inside, person.id, hash)),
  );
}

/**
 * Changes the caller's password for a program: this session stays as it is, the others end. Answers how
 * many did. Throws Refusal `password_missing`, `password_same`, `password_wrong` (403), `too_many_tries`
 * (429), or one of the password policy's.
 */
export async function changeOwn(
  caller: Caller,
  secret: SecretKey,
  change: Pick<Change, 'current' | 'password'>,
): Promise<number> {
  return replace(caller, secret, change, async (_inside, ended) => ended);
}

/**
 * Changes the caller's password. Answers the new token of this session and how many others ended.
 * Throws Refusal `passwords_differ`, and all that `changeOwn` throws.
 */
export async function changePassword(
  caller: Caller,
  secret: SecretKey,
  change: Change,
): Promise<{ token: string; ended: number }> {
  const { current, password, repeated } = change;
  if (password !== '' && current !== '' && password !== repeated)
    throw new Refusal('passwords_differ', { field: 'repeated' });
  return replace(caller, secret, change, async (inside, ended) => ({
    token: await sessions.renew(inside),
    ended,
  }));
}
