// A new e-mail address: where the way back into an account leads. One's own counts once it is confirmed
// from its mailbox; the old one is told of every change, and can undo it for three days.
import { heldSecret } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  endLinks,
  endUndoing,
  makeLinks,
  readLink,
  spendLink,
  type Purpose,
} from '../links/links.ts';
import { post } from '../mail/post.ts';
import { readersOf } from '../mail/readers.ts';
import { mailLeaves } from '../mail/ready.ts';
import { notify } from '../notices/notices.ts';
import { checkPassword } from '../sign-in/password.ts';
import { endAllOf } from '../sign-in/sessions.ts';
import * as throttle from '../sign-in/throttle.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import { record, type EventKind } from '../users/events.ts';
import * as store from './address.store.ts';

/** How often somebody may have mail sent to addresses that are not known to be theirs. */
const LIMITS = { free: 5, first: 600, longest: 3_600, addressLimit: 1_000_000 };

export const CONFIRMING: readonly Purpose[] = ['address'];
export const UNDOING: readonly Purpose[] = ['address_undo'];

/** What an address is shown as when there is none. */
const NONE = '–';

/**
 * Mails a link to the new address of the caller's own; nothing changes until it is used. An older link of
 * theirs ends. Throws Refusal `too_many_tries` (429).
 */
export async function askAddress(caller: Caller, to: string): Promise<void> {
  const { person } = member(caller);
  const place = `person ${person.id}`;
  const gate = throttle.turnstile(caller, heldSecret(), person.login, place, 'new addresses');
  await throttle.take(caller, gate, LIMITS);
  await inTransaction(caller, async (inside) => {
    const wish = { userId: person.id, purpose: 'address', way: 'mail', target: to } as const;
    const [link] = await makeLinks(inside, [wish]);
    const [reader] = await readersOf(inside, [person.id]);
    await post(inside, [{ kind: 'email_confirm', reader: reader!, to, values: { to }, link }]);
    await record(inside, person.id, 'address_asked', { to });
  });
}

/** An address that waits to be confirmed, and the number of its link. */
export interface Pending {
  id: number;
  address: string;
}

/** The address that waits for the caller to confirm it; null when none does. */
export async function pendingAddress(caller: Caller): Promise<Pending | null> {
  return store.pending(caller, member(caller).person.id);
}

/** Sends the link to the waiting address again. Throws Refusal `address_not_waiting` (409), `too_many_tries` (429). */
export async function resendAddress(caller: Caller): Promise<void> {
  const pending = await pendingAddress(caller);
  if (!pending) throw new Refusal('address_not_waiting', { status: 409 });
  await askAddress(caller, pending.address);
}

/** Forgets the waiting address; its link is dead. */
export async function cancelAddress(caller: Caller): Promise<void> {
  const { person } = member(caller);
  await inTransaction(caller, async (inside) => {
    const to = await store.withdraw(inside, person.id);
    if (to !== null) await record(inside, person.id, 'address_cancelled', { to });
  });
}

/**
 * What follows from another address, in the transaction that stores it: links to the old one end, the
 * person is told, and the old address gets a mail with a link to go back.
 */
export async function afterChange(
  inside: Caller,
  userId: number,
  { from, to, kind }: { from: string; to: string; kind: EventKind },
): Promise<void> {
  const said = { from: from || NONE, to: to || NONE };
  // Without an old address none went there; a letter on its way stays good.
  if (from !== '') await endLinks(inside, [userId]);
  await record(inside, userId, kind, said);
  await notify(inside, userId, 'email_changed', said);
  const [reader] = await readersOf(inside, [userId]);
  if (from === '' || !reader?.active || !(await mailLeaves(inside))) return;
  const wish = { userId, purpose: 'address_undo', way: 'mail', target: from } as const;
  const [link] = await makeLinks(inside, [wish]);
  await post(inside, [{ kind: 'email_changed', reader, to: from, values: said, link }]);
}

/**
 * Confirms a new address: whoever holds the link also gives the password, so that no robot does it.
 * Answers the address. Throws Refusal `link_dead` (410), `password_missing`, `password_wrong` (403),
 * `too_many_tries` (429).
 */
export async function confirmAddress(
  caller: Caller,
  token: string,
  password: string,
): Promise<string> {
  const link = await readLink(caller, token, CONFIRMING);
  if (password === '') throw new Refusal('password_missing', { field: 'password' });
  await checkPassword(caller, heldSecret(), link.login, password);
  const to = link.target!;
  await inTransaction({ ...caller, person: null }, async (inside) => {
    await spendLink(inside, link);
    await store.setEmail(inside, link.userId, to);
    const from = link.email ?? '';
    await afterChange(inside, link.userId, { from, to, kind: 'address_confirmed' });
  });
  return to;
}

/** Without letter case and outer space, as addresses are compared. */
const folded = (address: string) => address.trim().toLowerCase();

/**
 * Goes back to the address that the link was mailed to, which is to be typed, so that no robot does it.
 * Every session ends, and a link for a new password goes to the restored address. Where the person changed
 * it themselves, their password was known to whoever did: it opens nothing any more. Answers the address.
 * Throws Refusal `link_dead` (410), `address_missing`, `address_other`.
 */
export async function undoAddress(caller: Caller, token: string, typed: string): Promise<string> {
  const link = await readLink(caller, token, UNDOING);
  const [{ userId }, to] = [link, link.target!];
  if (typed.trim() === '') throw new Refusal('address_missing', { field: 'address' });
  if (folded(typed) !== folded(to)) throw new Refusal('address_other', { field: 'address' });
  await inTransaction({ ...caller, person: null }, async (inside) => {
    await spendLink(inside, link);
    await store.setEmail(inside, userId, to);
    if (link.askedBy === null || link.askedBy === userId) await store.clearPassword(inside, userId);
    await endAllOf(inside, userId);
    await endLinks(inside, [userId]);
    await endUndoing(inside, link);
    const said = { from: link.email || NONE, to };
    await record(inside, userId, 'address_undone', said);
    await notify(inside, userId, 'email_changed', said);
    const [reset] = await makeLinks(inside, [{ userId, purpose: 'reset', way: 'mail' }]);
    const [reader] = await readersOf(inside, [userId]);
    await post(inside, [{ kind: 'password_reset', reader: reader!, link: reset }]);
  });
  return to;
}
