// All keys of a database, for those who administer it: never their values.
import type { SecretKey } from '../kernel/secrets.ts';
import { dayIn, daysAfter } from '../kernel/day.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { demandProof } from '../sign-in/proof.ts';
import { mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import * as store from './administer.store.ts';
import type { KeyRow } from './keys.ts';

/** Keys on one page of the list. */
const SHOWN = 100;
/** Days that "who still calls what" looks back. */
const LOOKS_BACK = 30;

/** Which keys: all, those that work, those that ended, those that nobody used for ninety days. */
export const KEY_STATES = ['all', 'living', 'ended', 'unused'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** A key with its owner. */
export interface OwnedKey extends KeyRow {
  owner: string;
  login: string;
  /** Whether the owner is not archived. */
  active: boolean;
}

/** What the list is asked for: a piece of a key's name, its owner's name or login; and a page from 1. */
export interface KeySearch {
  text: string;
  state: string;
  page: number;
}

/**
 * A page of the keys, the newest first, with how many there are in all.
 * Throws Refusal `not_allowed` (403).
 */
export async function listAllKeys(
  caller: Caller,
  { text, state, page }: KeySearch,
): Promise<{ keys: OwnedKey[]; count: number; pages: number }> {
  mustBelongTo(caller, SETTINGS);
  const known = KEY_STATES.find((one) => one === state) ?? 'all';
  const offset = isRowId(page) && page < 100_000 ? (page - 1) * SHOWN : 0;
  const wished = text.replaceAll('\0', '').trim().slice(0, 100);
  const { keys, count } = await store.list(caller, { text: wished, state: known }, [SHOWN, offset]);
  return { keys, count, pages: Math.max(1, Math.ceil(count / SHOWN)) };
}

/**
 * Revokes these keys, whoever's they are, and tells their owners; answers how many there were.
 * Throws Refusal `not_allowed` (403), `keys_unchosen`, `proof_needed` (403), `password_wrong` (403),
 * `too_many_tries` (429).
 */
export async function revokeKeys(
  caller: Caller,
  secret: SecretKey,
  { ids, proof }: { ids: readonly number[]; proof?: string },
): Promise<number> {
  const known = mustBelongTo(caller, SETTINGS);
  const chosen = ids.filter(isRowId);
  if (chosen.length === 0) throw new Refusal('keys_unchosen', { field: 'ids' });
  await demandProof(known, secret, proof);
  return store.revoke(known, chosen, true);
}

/** Calls with one key, or with one person's password, over one protocol. */
export interface Callers {
  /** Null for the password. */
  keyName: string | null;
  owner: string;
  login: string;
  protocol: string;
  total: number;
  /** Days with calls, the oldest first. */
  days: { day: string; count: number }[];
}

/**
 * Who still calls what over the last thirty days, the busiest first, with the days looked at.
 * Throws Refusal `not_allowed` (403).
 */
export async function whoCalls(caller: Caller): Promise<{ days: string[]; callers: Callers[] }> {
  mustBelongTo(caller, SETTINGS);
  const today = dayIn(caller.tenant.timeZone, caller.now());
  const days = Array.from({ length: LOOKS_BACK }, (_, i) => daysAfter(today, i + 1 - LOOKS_BACK));
  return { days, callers: await store.callers(caller, days[0]!) };
}

/** What the co-operative decides about keys. */
export interface KeyRules {
  allowEndless: boolean;
  allowPortal: boolean;
}

/** The rules of this database. Throws Refusal `not_allowed` (403). */
export async function readKeyRules(caller: Caller): Promise<KeyRules> {
  mustBelongTo(caller, SETTINGS);
  return store.readRules(caller);
}

/** Changes them. Throws Refusal `not_allowed` (403). */
export async function saveKeyRules(caller: Caller, rules: KeyRules): Promise<void> {
  mustBelongTo(caller, SETTINGS);
  await store.writeRules(caller, rules);
}
