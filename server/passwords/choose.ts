// Whoever got a password from somebody else chooses one of their own, before anything else.
import { Refusal } from '../kernel/refusal.ts';
import * as sessions from '../sign-in/sessions.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import * as store from './choose.store.ts';
import { givePassword, hashNew } from './give.ts';
import { verifyPassword } from './hashing.ts';

/**
 * Stores the password that the signed-in person chose in place of a given one, without asking for that
 * one: the session was just opened with it. Answers the new token of the session. Throws Refusal
 * `password_chosen` (409) when theirs is their own already, `password_missing`, `passwords_differ`,
 * `password_same`, or one of the password policy's.
 */
export async function chooseOwn(
  caller: Caller,
  { password, repeated }: { password: string; repeated: string },
): Promise<string> {
  const { person } = member(caller);
  const chosen = () => new Refusal('password_chosen', { status: 409 });
  const given = await store.givenHash(caller, person.id);
  if (given === undefined) throw chosen();
  if (password === '') throw new Refusal('password_missing', { field: 'password' });
  if (password !== repeated) throw new Refusal('passwords_differ', { field: 'repeated' });
  if ((await verifyPassword(given, password)).ok)
    throw new Refusal('password_same', { field: 'password' });
  const hash = await hashNew(caller, password, person);
  return inTransaction(caller, async (inside) => {
    if (!(await store.isStill(inside, person.id, given))) throw chosen();
    await givePassword(inside, person.id, hash);
    return sessions.renew(inside);
  });
}
