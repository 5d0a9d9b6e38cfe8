// Programs say who they are with every call: a login or number, and a password or an API key. Throttled
// like signing in; what was verified a moment ago is not hashed again.
import { setTimeout as pause } from 'node:timers/promises';
import { looksLikeKey, recogniseKey, type Door } from '../api-keys/recognise.ts';
import { noteUse } from '../api-keys/uses.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { SecretKey } from '../kernel/secrets.ts';
import { hashPassword, verifyPassword } from '../passwords/hashing.ts';
import type { Caller, Member, Person } from '../store/caller.ts';
import * as store from './password.store.ts';
import { usableLogin } from './password.ts';
import { readPerson, type Known } from './person.ts';
import * as throttle from './throttle.ts';
import { digestOf, isVerified, noteVerified, shared } from './verified.ts';

/** Whom a program claims to speak for. */
export type Claim = { userId: number } | { login: string };

/** What a program shows, and what for. */
export interface Proof {
  /** A password or an API key. */
  value: string;
  protocol: 'xmlrpc' | 'jsonrpc' | 'json2';
  model: string;
  method: string;
}

interface Speaker {
  person: Person;
  language: string | null;
  timeZone: string | null;
}

/** The caller as this person, in their own language and zone. */
function speakAs(caller: Caller, { person, language, timeZone }: Speaker): Member {
  return {
    ...caller,
    person,
    language: language ?? caller.tenant.language,
    timeZone: timeZone ?? caller.tenant.timeZone,
  };
}

function wrong(): Refusal {
  return new Refusal('wrong_pair', { status: 401 });
}

/**
 * The member a program speaks for. Nobody, archived, another's key, wrong or empty: one answer.
 * Throws Refusal `wrong_pair` (401), `too_many_tries` (429) with `seconds` to wait, or
 * `password_must_change` (403) where somebody else chose the password.
 */
export async function recogniseProgram(
  caller: Caller,
  secret: SecretKey,
  claim: Claim,
  proof: Proof,
): Promise<Member> {
  if (proof.value === '') throw wrong();
  const holder = looksLikeKey(proof.value)
    ? await recogniseKey(caller, secret, proof.value, proof)
    : null;
  if (!holder) return byPassword(caller, secret, claim, proof);
  const { id, login } = holder.person;
  const theirs = 'userId' in claim ? claim.userId === id : fold(claim.login) === fold(login);
  if (!theirs) throw wrong();
  return speakAs(caller, holder);
}

/** What a password that somebody else chose is refused with. */
export function mustChange(): Refusal {
  return new Refusal('password_must_change', { status: 403 });
}

/** A program may do with it what the page asks of people: choose another one. */
const isChange = ({ model, method }: Proof) =>
  model === 'res.users' && method === 'change_password';

/** Near enough to the database's own folding to tell whether a key is its bearer's. */
function fold(login: string): string {
  return login.trim().normalize('NFC').toLowerCase();
}

/** The member an API key alone stands for. Throws Refusal `wrong_pair` (401). */
export async function recogniseBearer(
  caller: Caller,
  secret: SecretKey,
  proof: Proof,
  door?: Door,
): Promise<Member> {
  const holder = looksLikeKey(proof.value)
    ? await recogniseKey(caller, secret, proof.value, proof, door)
    : null;
  if (!holder) throw wrong();
  return speakAs(caller, holder);
}

async function byPassword(
  caller: Caller,
  secret: SecretKey,
  claim: Claim,
  proof: Proof,
): Promise<Member> {
  const { value, protocol, method } = proof;
  const wished = 'login' in claim ? { login: usableLogin(claim.login) } : claim;
  const known = await readPerson(caller, wished);
  const name = known?.person.login ?? ('login' in wished ? wished.login : `#${wished.userId}`);
  const gate = throttle.turnstile(caller, secret, name, null);
  const stored = known?.passwordHash ?? null;
  const digest = digestOf(caller.tenant.id, known?.person.id ?? 0, value);
  const verified = stored !== null && isVerified(digest, stored, caller.now());
  if (!verified) {
    const question = `${digest} ${stored} ${gate.place} ${name}`;
    const ok = await shared(question, () => verify(caller, gate, { known, value, digest }));
    if (!ok) throw wrong();
  }
  if (known!.mustChange && !isChange(proof)) throw mustChange();
  // So that administrators see which programs still need a key.
  noteUse(caller, { userId: known!.person.id, keyId: null, protocol, method });
  return speakAs(caller, known!);
}

/** One throttled verification, noted when it went well. */
async function verify(
  caller: Caller,
  gate: throttle.Turnstile,
  { known, value, digest }: { known: Known | null; value: string; digest: string },
): Promise<boolean> {
  await enterPatiently(caller, gate);
  const stored = known?.passwordHash ?? null;
  const { ok, renew } = await verifyPassword(stored, value);
  if (!ok || !known || stored === null) {
    await throttle.fail(caller, gate);
    return false;
  }
  await throttle.forget(caller, gate);
  noteVerified(digest, stored, caller.now());
  if (renew) await store.replaceHash(caller, known.person.id, stored, await hashPassword(value));
  return true;
}

/**
 * A burst of right calls reaches every process at once, each counts its first, and together they may
 * fill the turnstile. The first that is verified empties it: who is refused looks again shortly after.
 */
async function enterPatiently(caller: Caller, gate: throttle.Turnstile): Promise<void> {
  const enter = async () => (await store.tryLogin(caller, gate, throttle.LIMITS)).wait;
  if ((await enter()) === null) return;
  await pause(300);
  throttle.pass(await enter());
}

/** Notes that a program announced itself, as signing in does. */
export async function noteSignIn(member: Member): Promise<void> {
  await store.noteSignIn(member, member.person.id);
}
