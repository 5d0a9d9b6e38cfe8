// One-time links: to set a password, or to confirm an address. Opening one changes nothing; it dies in
// the transaction that does what it is for, when a newer one is made, or when credentials change.
import { hashToken, newToken } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import * as store from './links.store.ts';

/**
 * What a link is for. To set a password: `reset` (forgotten), `invitation` (the first one), `rescue` (from
 * the console). For addresses: `address` confirms a new one, `address_undo` goes back to the old one.
 */
export type Purpose = 'reset' | 'invitation' | 'rescue' | 'address' | 'address_undo';

/** How a link reaches the person. */
export type Way = 'mail' | 'copy' | 'letter' | 'console';

/** Why a link is dead. `unknown`: we never made it, it was cut in half, or it is long forgotten. */
export type Ending =
  'used' | 'replaced' | 'changed' | 'withdrawn' | 'expired' | 'archived' | 'unknown';

/** The page of each purpose; the shapes of the first three are the seed's. */
const PAGES: Record<Purpose, string> = {
  reset: '/web/reset_password',
  invitation: '/web/signup',
  rescue: '/web/signup',
  address: '/web/confirm_address',
  address_undo: '/web/undo_address',
};

/** Purposes whose link sets a password. */
export const PASSWORD_PURPOSES: readonly Purpose[] = ['reset', 'invitation', 'rescue'];

/** A link to be made. */
export interface Wish {
  userId: number;
  purpose: Purpose;
  way: Way;
  /** The address to confirm, or to go back to. */
  target?: string;
}

/** A link just made: the only time its token is known. */
export interface NewLink {
  id: number;
  userId: number;
  purpose: Purpose;
  token: string;
  /** Path and query, to be put behind the tenant's base address. */
  path: string;
  expiresAt: Date;
}

/** A link and the person it is for. */
export interface Link {
  id: number;
  purpose: Purpose;
  target: string | null;
  /** Who asked for it; null is whoever holds a link, or asked at the sign-in page. */
  askedBy: number | null;
  userId: number;
  login: string;
  name: string;
  email: string | null;
}

/**
 * Makes links and ends the older ones of the same person and purpose: however many are made at once, the
 * last one lives. Only ways back to older addresses stay beside each other. The persons are to be of the caller's tenant; whoever calls has checked that they are
 * active.
 */
export async function makeLinks(caller: Caller, wishes: readonly Wish[]): Promise<NewLink[]> {
  if (wishes.length === 0) return [];
  const tokens = wishes.map(() => newToken());
  const hashed = wishes.map((wish, i) => ({ ...wish, tokenHash: hashToken(tokens[i]!) }));
  const made = await inTransaction(caller, async (inside) => {
    const userIds = wishes.map(({ userId }) => userId);
    await store.takeTurn(inside, userIds);
    return store.insert(inside, hashed);
  });
  return wishes.map(({ userId, purpose }, i) => {
    const token = tokens[i]!;
    const query = new URLSearchParams({ db: caller.tenant.name, token });
    return { ...made[i]!, userId, purpose, token, path: `${PAGES[purpose]}?${query}` };
  });
}

/**
 * The console's rescue: a link for the person with this login, good for a day. Answers its path and query.
 * Throws Refusal `user_unknown` (404) or `user_archived` (409).
 */
export async function makeRescue(caller: Caller, login: string): Promise<string> {
  return inTransaction(caller, async (inside) => {
    const user = await store.findUser(inside, login);
    if (!user) throw new Refusal('user_unknown', { status: 404, values: { login } });
    if (!user.active) throw new Refusal('user_archived', { status: 409, values: { login } });
    const wish = { userId: user.id, purpose: 'rescue', way: 'console' } as const;
    const [link] = await makeLinks(inside, [wish]);
    return link!.path;
  });
}

/** A link as its page finds it: whose it is, and why it is dead if it is; null when it is unknown. */
export async function lookUp(
  caller: Caller,
  token: string,
  purposes: readonly Purpose[] = PASSWORD_PURPOSES,
): Promise<{ link: Link; why: Ending | null } | null> {
  const found = await store.find(caller, hashToken(token));
  if (!found || !purposes.includes(found.purpose)) return null;
  const { why, ...link } = found;
  return { link, why };
}

/**
 * The living link of this token; looks only. Throws Refusal `link_dead` (410), whose value `why` is an
 * `Ending`.
 */
export async function readLink(
  caller: Caller,
  token: string,
  purposes?: readonly Purpose[],
): Promise<Link> {
  const found = await lookUp(caller, token, purposes);
  if (!found) throw new Refusal('link_dead', { status: 410, values: { why: 'unknown' } });
  const { link, why } = found;
  if (why !== null) throw new Refusal('link_dead', { status: 410, values: { why } });
  return link;
}

/** Notes for those who help that somebody looked at the page of this link; it changes nothing else. */
export async function noteOpened(caller: Caller, token: string): Promise<void> {
  await store.noteOpened(caller, hashToken(token));
}

/**
 * Uses a link up, inside the transaction that does what it is for. Throws Refusal `link_dead` (410) when it
 * died meanwhile.
 */
export async function spendLink(inside: Caller, link: Link): Promise<void> {
  // The person first, as everybody does who changes both.
  await store.takeTurn(inside, [link.userId]);
  if (await store.spend(inside, link.id)) return;
  const why = await store.endingOf(inside, link.id);
  throw new Refusal('link_dead', { status: 410, values: { why } });
}

/** Ends the links that would undo what came after this one: whoever was there first goes back furthest. */
export async function endUndoing(inside: Caller, { id, userId }: Link): Promise<void> {
  await store.endUndoing(inside, userId, id);
}

/**
 * Ends every living link of these people, for their credentials changed; but for the ways back to an older
 * address, which whoever took an account over must not be able to close.
 */
export async function endLinks(caller: Caller, userIds: readonly number[]): Promise<void> {
  await store.end(caller, userIds);
}
