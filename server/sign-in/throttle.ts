// Slows guessing down: failures of one person from one place, counted in PostgreSQL for all workers
// and all protocols (ASVS 6.3.1). A browser that the person has used before counts as a place of
// its own, so that a stranger behind the same address cannot lock them out (OWASP device cookies).
import ipaddr from 'ipaddr.js';
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './throttle.store.ts';

/** Wrong tries that cost nothing but the try. */
const FREE_TRIES = 5;
/** The first pause in seconds; each further failure doubles it. */
const FIRST_PAUSE = 30;
/** The longest pause in seconds. */
const LONGEST_PAUSE = 3_600;
/** Failures that one address may collect in an hour over all persons before strangers wait. */
const ADDRESS_LIMIT = 200;

/** Where tries are counted: a person and a place, hashed with the installation's secret. */
export interface Turnstile {
  pepper: string;
  login: string;
  place: string;
  /** The address alone (`lineOf`), against one password tried on everybody; null for a known device. */
  address: string | null;
}

/**
 * What counts as one address: of IPv6 the first 64 bits, for one line has all the rest of them to itself
 * (RFC 6177); of an IPv4 address written as IPv6 (RFC 4291, 6052), the IPv4 address.
 */
function lineOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address);
  if (read.kind() === 'ipv4') return read.toString();
  if (read.range() === 'rfc6052')
    return ipaddr.fromByteArray(read.toByteArray().slice(12)).toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${read.toNormalizedString()}/64`).toString();
}

/**
 * The turnstile of this login from this caller; `device` is the proof of a known browser, if any. What is
 * counted under another name is counted apart.
 */
export function turnstile(
  caller: Caller,
  secret: SecretKey,
  login: string,
  device: string | null,
  name = 'attempts',
): Turnstile {
  const address = lineOf(caller.address);
  return {
    pepper: secret.digest(name, caller.tenant.id).toString('base64url'),
    login,
    place: device ? `device ${device}` : `address ${address}`,
    address: device ? null : address,
  };
}

/** What a try may cost whom; the statement that counts it takes them. */
export const LIMITS = {
  free: FREE_TRIES,
  first: FIRST_PAUSE,
  longest: LONGEST_PAUSE,
  addressLimit: ADDRESS_LIMIT,
};

/**
 * Lets a counted try pass. A try is counted before it is made, so that many at once cannot slip through
 * together. Throws Refusal `too_many_tries` (429) with `seconds` to wait; a refused try does not prolong
 * the wait.
 */
export function pass(wait: number | null): void {
  if (wait !== null)
    throw new Refusal('too_many_tries', { status: 429, values: { seconds: Math.max(1, wait) } });
}

/**
 * Counts an act that anybody may do, but not without end, before it is done: for the person as typed from
 * this place, and for the address. Throws Refusal `too_many_tries` (429) as `pass` does.
 */
export async function take(caller: Caller, gate: Turnstile, limits: store.Limits): Promise<void> {
  pass(await store.count(caller, gate, limits));
  await store.countAddress(caller, gate);
}

/** Notes that the try failed, for the count of the address alone. */
export async function fail(caller: Caller, gate: Turnstile): Promise<void> {
  await store.countAddress(caller, gate);
}

/** Forgets the failures of this person from this place: they got in. */
export async function forget(caller: Caller, gate: Turnstile): Promise<void> {
  await store.clear(caller, gate);
}
