// A password that an administrator sets for somebody, by the tenant's policy: good until they have signed in
// with it, good for ever, or not at all.
import { Refusal } from '../kernel/refusal.ts';
import type { Reader } from '../mail/readers.ts';
import type { Asker } from '../models/define.ts';
import { asking } from '../models/rights.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import { record } from '../users/events.ts';
import { helped } from '../users/manage.ts';
import * as store from './by-hand.store.ts';
import { givePassword, hashNew } from './give.ts';

/**
 * What a password by hand is good for: `change`, its person chooses another one when they sign in;
 * `allowed`, they may keep it; `never`, nobody sets one.
 */
export type HandPolicy = 'change' | 'allowed' | 'never';

/** The policies, the preset one first. */
export const HAND_POLICIES: readonly HandPolicy[] = ['change', 'allowed', 'never'];

/** The tenant's policy. Throws Refusal `hand_passwords_never` (403) where it lets nobody set one. */
export async function mustAllowHand(caller: Caller, field?: string): Promise<HandPolicy> {
  const policy = await store.readPolicy(caller);
  if (policy === 'never') throw new Refusal('hand_passwords_never', { status: 403, field });
  return policy;
}

/** Stores a hashed password that somebody else chose, and leaves a trace. */
export async function giveHand(
  asker: Caller,
  userId: number,
  hash: string,
  policy: HandPolicy,
): Promise<void> {
  await givePassword(asker, userId, hash, { mustChange: policy === 'change' });
  await record(asker, userId, 'password_given');
}

/** A person, and the field of their new password. */
const fieldOf = (id: number) => `password-${id}`;

async function receivers(asker: Asker, ids: readonly number[]): Promise<Reader[]> {
  if (ids.includes(asker.person.id)) throw new Refusal('password_own', { status: 409 });
  return helped(asker, ids);
}

/** What the page shows: the policy, and those it is about but the reader. */
export interface HandOffer {
  policy: HandPolicy;
  minLength: number;
  people: { id: number; login: string; name: string }[];
  /** The reader was among them. */
  oneself: boolean;
}

/** Who may be given a password, and how long it is good for. Throws what `helped` throws. */
export async function handOffer(caller: Caller, ids: readonly number[]): Promise<HandOffer> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const others = ids.filter((id) => id !== asker.person.id);
    const people = await receivers(asker, others);
    return {
      policy: await store.readPolicy(asker),
      minLength: asker.tenant.passwordMinLength,
      people: people.map(({ userId, login, name }) => ({ id: userId, login, name })),
      oneself: others.length < ids.length,
    };
  });
}

/**
 * Gives these people the passwords that were typed for them; all or none. Answers how many. Throws what
 * `helped` throws, Refusal `hand_passwords_never` (403), `password_own` (409), and, about the field
 * `password-<number>`, `password_missing` where none was typed, or one of the password policy's.
 */
export async function giveByHand(
  caller: Caller,
  typed: readonly { id: number; password: string }[],
): Promise<number> {
  const member = mustBelongTo(caller, ACCESS_RIGHTS);
  const given = new Map(typed.map(({ id, password }) => [id, password]));
  const ids = [...given.keys()];
  const people = await asking(member, async (asker) => {
    await mustAllowHand(asker);
    return receivers(asker, ids);
  });
  const missing = typed.find(({ password }) => password === '');
  if (missing) throw new Refusal('password_missing', { field: fieldOf(missing.id) });
  // Hashing takes its time: no transaction waits for it.
  const hashes = new Map<number, string>();
  for (const person of people) {
    const { userId } = person;
    hashes.set(userId, await hashNew(caller, given.get(userId)!, person, fieldOf(userId)));
  }
  await asking(member, async (asker) => {
    const policy = await mustAllowHand(asker);
    for (const { userId } of await receivers(asker, ids))
      await giveHand(asker, userId, hashes.get(userId)!, policy);
  });
  return ids.length;
}
