// One's own API keys: with one, a program comes in without the password or a second factor, so each
// act on them asks for the password again.
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { declaredModels } from '../models/registry.ts';
import { notify } from '../notices/notices.ts';
import { demandProof } from '../sign-in/proof.ts';
import { inTransaction, INTERNAL, member, type Caller, type Member } from '../store/caller.ts';
import { oneLine } from '../preferences/checks.ts';
import { readAddresses } from './addresses.ts';
import { hashKey, newKey } from './key-text.ts';
import { lifetimesOf, readEnding, type Lifetimes, type LifeWish } from './lifetimes.ts';
import * as store from './keys.store.ts';
import type { Family } from './uses.ts';

const LONGEST_NAME = 100;
/** Keys one person may have: nobody needs so many, and a loop that makes them should stop. */
const MOST_KEYS = 200;

/** A key as its owner sees it: never its value. */
export interface KeyRow {
  id: number;
  name: string;
  /** What its text begins with, after `huis_`. */
  prefix: string;
  readOnly: boolean;
  /** Names of the models it may touch; null is all. */
  models: string[] | null;
  addresses: string[] | null;
  createdAt: Date;
  /** Null never. */
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastAddress: string | null;
  lastProtocol: string | null;
  lastFamily: Family | null;
}

/** What the form for a new key sends. */
export interface KeyWish extends LifeWish {
  name: string;
  /** `all`, `read` or `models`. */
  scope: string;
  models: readonly string[];
  /** With chosen models: whether they may only be read. */
  readOnly: boolean;
  addresses: string;
  /** The password, when the form asked for it again. */
  proof?: string;
}

/** A key just made: `key` is its text, told once and stored nowhere. */
export interface MadeKey {
  id: number;
  name: string;
  key: string;
}

function mayHaveKeys({ person }: Member, { portal }: store.Standing): boolean {
  return person.groups.has(INTERNAL) || portal;
}

/** What the caller may make; null for one who may have no keys. */
export async function keysOffered(caller: Caller): Promise<Lifetimes | null> {
  const known = member(caller);
  const standing = await store.standingOf(known);
  if (!mayHaveKeys(known, standing)) return null;
  const endless = standing.endless && known.person.groups.has(INTERNAL);
  return lifetimesOf(known, standing.groups, endless);
}

/** The lives on offer. Throws Refusal `keys_not_offered` (403) and `keys_too_many`. */
async function demandKeys(caller: Member, more: number): Promise<Lifetimes> {
  const standing = await store.standingOf(caller);
  if (!mayHaveKeys(caller, standing)) throw new Refusal('keys_not_offered', { status: 403 });
  if (standing.count + more > MOST_KEYS)
    throw new Refusal('keys_too_many', { values: { most: MOST_KEYS } });
  return lifetimesOf(
    caller,
    standing.groups,
    standing.endless && caller.person.groups.has(INTERNAL),
  );
}

/** The caller's own keys, the newest first, ended ones too. */
export async function listKeys(caller: Caller): Promise<KeyRow[]> {
  return store.listOf(member(caller));
}

/** One of the caller's own keys. Throws Refusal `key_unknown` (404). */
export async function findKey(caller: Caller, id: number): Promise<KeyRow> {
  const found = (await listKeys(caller)).find((key) => key.id === id);
  if (!found) throw new Refusal('key_unknown', { status: 404 });
  return found;
}

function readName(text: string): string {
  const name = oneLine(text);
  if (name === '') throw new Refusal('key_name_missing', { field: 'name' });
  if (name.length > LONGEST_NAME)
    throw new Refusal('text_too_long', { field: 'name', values: { most: LONGEST_NAME } });
  return name;
}

function readScope({ scope, models, readOnly }: KeyWish) {
  if (scope === 'all' || scope === 'read') return { readOnly: scope === 'read', models: null };
  if (scope !== 'models') throw new Refusal('choice_invalid', { field: 'scope' });
  const chosen = [...new Set(models)];
  if (chosen.length === 0) throw new Refusal('key_models_missing', { field: 'models' });
  const declared = new Set(declaredModels().map(({ name }) => name));
  if (!chosen.every((name) => declared.has(name)))
    throw new Refusal('choice_invalid', { field: 'models' });
  return { readOnly, models: chosen };
}

/** A prefix is one of four thousand million: a second one meets another key once in a lifetime. */
async function tryTwice<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  const done = (await attempt()) ?? (await attempt());
  if (done === undefined) throw new Error('two new keys with prefixes that are taken');
  return done;
}

/** What a wish comes to. Throws what `makeKey` throws, but for proofs. */
async function readFacts(known: Member, wish: KeyWish): Promise<KeyFacts> {
  const lifetimes = await demandKeys(known, 1);
  const name = readName(wish.name);
  const ending = readEnding(known, wish, lifetimes);
  return { name, ...readScope(wish), addresses: readAddresses(wish.addresses), ending };
}

type KeyFacts = Omit<Parameters<typeof store.insert>[1], 'prefix' | 'hash'>;

/** Stores a new key and tells its owner. */
async function storeKey(known: Member, secret: SecretKey, facts: KeyFacts): Promise<MadeKey> {
  return inTransaction(known, async (inside) => {
    const made = await tryTwice(async () => {
      const { key, prefix } = newKey();
      const hash = hashKey(secret, known.tenant.id, key);
      const id = await store.insert(inside, { ...facts, prefix, hash });
      return id === null ? undefined : { id, name: facts.name, key };
    });
    await notify(inside, inside.person.id, 'api_key_created', { name: facts.name });
    return made;
  });
}

/**
 * Makes a key for the caller and tells them of it. Throws Refusal `keys_not_offered` (403),
 * `keys_too_many`, `key_name_missing`, `text_too_long`, `choice_invalid`, `key_models_missing`,
 * `key_address_invalid`, `key_addresses_many`, those of `readEnding`, and `proof_needed` (403),
 * `password_wrong` (403), `too_many_tries` (429).
 */
export async function makeKey(caller: Caller, secret: SecretKey, wish: KeyWish): Promise<MadeKey> {
  const known = member(caller);
  const facts = await readFacts(known, wish);
  await demandProof(known, secret, wish.proof);
  return storeKey(known, secret, facts);
}

/** Makes a key for a program whose own key was the proof. Throws what `makeKey` throws, but for proofs. */
export async function makeKeyFor(
  known: Member,
  secret: SecretKey,
  wish: KeyWish,
): Promise<MadeKey> {
  return storeKey(known, secret, await readFacts(known, wish));
}

/**
 * Gives one of the caller's own keys a new value and as long a life again; the old value ends now.
 * Throws Refusal `key_unknown` (404), `keys_not_offered` (403), `proof_needed` (403),
 * `password_wrong` (403), `too_many_tries` (429).
 */
export async function rotateKey(
  caller: Caller,
  secret: SecretKey,
  { id, proof }: { id: number; proof?: string },
): Promise<MadeKey> {
  const known = member(caller);
  const lifetimes = await demandKeys(known, 0);
  if (!isRowId(id)) throw new Refusal('key_unknown', { status: 404 });
  await demandProof(known, secret, proof);
  return inTransaction(known, async (inside) => {
    const made = await tryTwice(async () => {
      const { key, prefix } = newKey();
      const hash = hashKey(secret, caller.tenant.id, key);
      const name = await store.replace(inside, id, { ...lifetimes, prefix, hash });
      if (name === null) throw new Refusal('key_unknown', { status: 404 });
      return name === undefined ? undefined : { id, name, key };
    });
    await notify(inside, inside.person.id, 'api_key_created', { name: made.name });
    return made;
  });
}

/**
 * Revokes one of the caller's own keys: it is refused from the next call on. Throws Refusal
 * `key_unknown` (404), `proof_needed` (403), `password_wrong` (403), `too_many_tries` (429).
 */
export async function revokeKey(
  caller: Caller,
  secret: SecretKey,
  { id, proof }: { id: number; proof?: string },
): Promise<void> {
  const known = member(caller);
  await demandProof(known, secret, proof);
  const revoked = isRowId(id) && (await store.remove(known, id));
  if (!revoked) throw new Refusal('key_unknown', { status: 404 });
}
