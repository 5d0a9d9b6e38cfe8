// One-time links to set a password. Opening one changes nothing; it dies in the transaction that
// stores the new password, or when a newer one is made.
import { hashToken, newToken } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import { hashPassword } from './hashing.ts';
import { checkPolicy } from './policy.ts';
import * as store from './links.store.ts';

/** How long a rescue link lives, in milliseconds: a day, as the seed's links do. */
const LINK_LASTS = 24 * 3_600_000;

/** The person a living link is for. */
export interface LinkOwner {
  userId: number;
  login: string;
  name: string;
  email: string | null;
}

/**
 * Makes a link for the person with this login and ends their older ones. Answers its path and
 * query, to be put behind the tenant's base address.
 * Throws Refusal `user_unknown` (404) or `user_archived` (409).
 */
export async function makeLink(caller: Caller, login: string): Promise<string> {
  return inTransaction(caller, async (inside) => {
    const user = await store.findUser(inside, login);
    if (!user) throw new Refusal('user_unknown', { status: 404, values: { login } });
    if (!user.active) throw new Refusal('user_archived', { status: 409, values: { login } });
    const token = newToken();
    await store.replaceLinks(inside, user.id, {
      tokenHash: hashToken(token),
      expiresAt: new Date(caller.now().getTime() + LINK_LASTS),
    });
    return `/web/signup?${new URLSearchParams({ db: caller.tenant.name, token })}`;
  });
}

/** Whose living link this is; looks only. Throws Refusal `link_dead` (410). */
export async function readLink(caller: Caller, token: string): Promise<LinkOwner> {
  const owner = await store.ownerOf(caller, hashToken(token));
  if (!owner) throw new Refusal('link_dead', { status: 410 });
  return owner;
}

/**
 * Sets the password through a link: ends the person's sessions and all their links. A refused
 * password leaves the link alive.
 * Throws Refusal `link_dead` (410), `passwords_differ`, or one of the password policy's.
 */
export async function useLink(
  caller: Caller,
  token: string,
  { password, repeated }: { password: string; repeated: string },
): Promise<LinkOwner> {
  const owner = await readLink(caller, token);
  if (password !== repeated) throw new Refusal('passwords_differ', { field: 'repeated' });
  const words = [owner.login, owner.name, owner.email ?? '', caller.tenant.title];
  await checkPolicy(password, { minLength: caller.tenant.passwordMinLength }, words, 'password');
  const passwordHash = await hashPassword(password);
  return inTransaction(caller, async (inside) => {
    const used = await store.spendLink(inside, hashToken(token), passwordHash);
    if (!used) throw new Refusal('link_dead', { status: 410 });
    return owner;
  });
}
