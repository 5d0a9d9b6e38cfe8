// Stored passwords: makes and verifies argon2id hashes, and verifies those brought along from Odoo.
import cluster from 'node:cluster';
import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { hash, parseOptions, verify, type ParsedHashOptions } from '@node-rs/argon2';
import { Refusal } from '../kernel/refusal.ts';
import { makeLane } from './lane.ts';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/** The longest password there is: as people count once normalised, and in bytes as it comes. */
const MAX_LENGTH = 1_024;
export const MAX_BYTES = 4_096;

/** Hashes costlier than these were not made by us: verifying one could stall the server. */
const HEAVIEST = { memoryCost: 262_144, timeCost: 16, parallelism: 16 };
const MOST_ROUNDS = 5_000_000;

// Both kinds run on libuv's pool (4 threads unless UV_THREADPOOL_SIZE says more), which files, DNS
// and compression share. Two threads stay clear of argon2: one for PBKDF2, one for all the rest. More
// hashes at once than there are processors only take each other's caches.
const poolThreads = Number(process.env['UV_THREADPOOL_SIZE']) || 4;
const processes = (cluster.isWorker && Number(process.env['HUIS_WORKERS'])) || 1;
const processors = Math.ceil(availableParallelism() / processes);
const argonPlaces = Math.max(1, Math.min(processors, poolThreads - 2));
const inArgonLane = makeLane({ running: argonPlaces, waiting: 200 });
const inPbkdf2Lane = makeLane({ running: 1, waiting: 50 });

// No password is behind this one: the digest is random. Verifying against it costs what verifying
// a real hash costs, so that the time of an answer does not tell who has an account.
const DUMMY = [
  '',
  'argon2id',
  'v=19',
  `m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  unpadded(randomBytes(SALT_BYTES)),
  unpadded(randomBytes(DIGEST_BYTES)),
].join('$');

const derive = promisify(pbkdf2);

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** The text that is hashed, whatever keyboard it was typed on (NIST SP 800-63B-4 §3.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

/** How long a password is: in code points once normalised; not in bytes, not in UTF-16. */
export function lengthOf(password: string): number {
  return Array.from(normalise(password)).length;
}

/** Whether it is more than we look at. Bytes come first: nobody makes us normalise megabytes. */
export function isTooLong(password: string): boolean {
  return Buffer.byteLength(password) > MAX_BYTES || lengthOf(password) > MAX_LENGTH;
}

/** The refusal `password_too_long`, with the limit in it. */
export function tooLong(field?: string): Refusal {
  return new Refusal('password_too_long', { values: { maxLength: MAX_LENGTH }, field });
}

/**
 * Hashes a new password with argon2id and answers a PHC string. The policy is checked elsewhere;
 * what verifying would never accept is refused all the same: `password_blank` when empty,
 * `password_too_long` over 1,024 code points or 4,096 bytes. `too_busy` when the lane is full.
 */
export async function hashPassword(password: string): Promise<string> {
  if (password === '') throw new Refusal('password_blank');
  if (isTooLong(password)) throw tooLong();
  return inArgonLane(() => hash(normalise(password), COST));
}

/** What verifying says: whether it is the password, and whether to store a fresh hash of it. */
interface Verdict {
  ok: boolean;
  renew: boolean;
}

/**
 * Verifies `password` against what is stored: an argon2 PHC string, or `$pbkdf2-sha512$…` from
 * Odoo. Nothing stored, something unusable, an empty or an overlong password: the same work is
 * done on a dummy and the answer is no. `renew` comes only with a yes.
 * Refuses with `too_busy` when the lane is full.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<Verdict> {
  const usable = password !== '' && !isTooLong(password);
  const known = usable ? stored : null;
  const argon = known === null ? null : readArgon(known);
  if (known !== null && argon) return verifyArgon(known, argon, password);
  const fromOdoo = known === null ? null : readPbkdf2(known);
  if (fromOdoo) return verifyPbkdf2(fromOdoo, password);
  await inArgonLane(() => verify(DUMMY, usable ? normalise(password) : ''));
  return { ok: false, renew: false };
}

async function verifyArgon(stored: string, cost: ParsedHashOptions, password: string) {
  const ok = await inArgonLane(() => verify(stored, normalise(password)));
  return { ok, renew: ok && isWeak(stored, cost) };
}

async function verifyPbkdf2(stored: Pbkdf2Hash, password: string) {
  const ok = await inPbkdf2Lane(() => matchesPbkdf2(stored, password));
  return { ok, renew: ok };
}

function readArgon(stored: string): ParsedHashOptions | null {
  if (!stored.startsWith('$argon2')) return null;
  try {
    const cost = parseOptions(stored);
    const heavy =
      cost.memoryCost > HEAVIEST.memoryCost ||
      cost.timeCost > HEAVIEST.timeCost ||
      cost.parallelism > HEAVIEST.parallelism;
    return heavy ? null : cost;
  } catch {
    return null; // not a PHC string after all: as good as nothing stored
  }
}

function isWeak(stored: string, cost: ParsedHashOptions): boolean {
  return (
    !stored.startsWith('$argon2id$v=19$') ||
    cost.memoryCost < COST.memoryCost ||
    cost.timeCost < COST.timeCost ||
    cost.saltLen < SALT_BYTES ||
    cost.outputLen < DIGEST_BYTES
  );
}

interface Pbkdf2Hash {
  rounds: number;
  salt: Buffer;
  digest: Buffer;
}

/** Reads `$pbkdf2-sha512$rounds$salt$digest`, whose base64 has `.` for `+` and no padding. */
function readPbkdf2(stored: string): Pbkdf2Hash | null {
  const parts =
    /^\$pbkdf2-sha512\$([1-9]\d{0,6})\$([A-Za-z0-9./]{1,256})\$([A-Za-z0-9./]{86})$/.exec(stored);
  if (!parts) return null;
  const [, rounds = '', salt = '', digest = ''] = parts;
  if (Number(rounds) > MOST_ROUNDS) return null;
  return { rounds: Number(rounds), salt: adaptedBase64(salt), digest: adaptedBase64(digest) };
}

function adaptedBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64');
}

/** Odoo hashed the bytes it was sent, so what was typed comes first; a Mac may type it undone. */
async function matchesPbkdf2({ rounds, salt, digest }: Pbkdf2Hash, typed: string) {
  for (const text of new Set([typed, typed.normalize('NFC')])) {
    const made = await derive(text, salt, rounds, digest.length, 'sha512');
    if (timingSafeEqual(made, digest)) return true;
  }
  return false;
}
