// A new password through a one-time link.
import { Refusal } from '../kernel/refusal.ts';
import { readLink, spendLink, type Link } from '../links/links.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import { record } from '../users/events.ts';
import { givePassword, hashNew } from './give.ts';

/** Asks what a new password needs besides the link, before it is looked at: the link itself, alive. */
async function demandProofs(caller: Caller, token: string): Promise<Link> {
  // A second factor is asked for here, once people can have one.
  return readLink(caller, token);
}

/**
 * Sets the password through a link: ends the person's sessions and all their links. A refused password
 * leaves the link alive. Answers whose it was.
 * Throws Refusal `link_dead` (410), `password_missing`, `passwords_differ`, or one of the password policy's.
 */
export async function setByLink(
  caller: Caller,
  token: string,
  { password, repeated }: { password: string; repeated: string },
): Promise<Link> {
  const link = await demandProofs(caller, token);
  if (password === '') throw new Refusal('password_missing', { field: 'password' });
  if (password !== repeated) throw new Refusal('passwords_differ', { field: 'repeated' });
  const hash = await hashNew(caller, password, link);
  // Whoever holds the link does it, not who happens to be signed in in the same browser.
  return inTransaction({ ...caller, person: null }, async (inside) => {
    await spendLink(inside, link);
    await givePassword(inside, link.userId, hash);
    await record(inside, link.userId, 'password_by_link', { purpose: link.purpose });
    return link;
  });
}
