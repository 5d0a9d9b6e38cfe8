// Signing in with a login and a password.
import { hashToken, newToken, type SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { notify } from '../notices/notices.ts';
import { hashPassword, verifyPassword } from '../passwords/hashing.ts';
import { canonicalTimeZone } from '../preferences/time-zones.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import { describeDevice } from './devices.ts';
import * as store from './password.store.ts';
import * as throttle from './throttle.ts';

/** What the person sends, and what is known of their browser. */
export interface Credentials {
  login: string;
  password: string;
  /** The browser's time zone: kept when the person has none yet. */
  timeZone?: string | null;
  /** The random part of a genuine device mark, else null. */
  device: string | null;
  /** A program's: what it has done from the same place already is not told as a new device. */
  program?: boolean;
}

/** A person who got in. */
export interface SignedIn {
  token: string;
  userId: number;
  login: string;
  internal: boolean;
}

/** No login of ours is longer: a longer one is somebody playing, and is looked up as nobody. */
const LONGEST_LOGIN = 320;

/** The login as it may be looked up: no text PostgreSQL refuses. */
export function usableLogin(login: string): string {
  return login.length > LONGEST_LOGIN || login.includes('\0') ? '' : login;
}

/**
 * Opens a session for a login and password. Unknown, archived, without password or wrong: one
 * answer, after the same work (ASVS 6.3.8).
 * Throws Refusal `wrong_pair` (401), or `too_many_tries` (429) with `seconds` to wait.
 */
export async function signIn(
  caller: Caller,
  secret: SecretKey,
  { login, password, timeZone, device, program = false }: Credentials,
): Promise<SignedIn> {
  const name = usableLogin(login);
  const gate = throttle.turnstile(caller, secret, name, device);
  const { wait, user } = await store.tryLogin(caller, gate, throttle.LIMITS);
  throttle.pass(wait);
  const stored = user?.active ? user.passwordHash : null;
  const { ok, renew } = await verifyPassword(stored, password);
  const opened =
    ok && user ? await open(caller, gate, user, { stored: stored!, timeZone, program }) : null;
  if (!opened) {
    await throttle.fail(caller, gate);
    throw new Refusal('wrong_pair', { status: 401 });
  }
  if (renew) await store.replaceHash(caller, user!.id, stored!, await hashPassword(password));
  return { token: opened, userId: user!.id, login: user!.login, internal: user!.internal };
}

/** A browser in two words that every language has, for a notice: `Firefox, Windows`. */
function nameOf(userAgent: string): string {
  const { browser, system } = describeDevice(userAgent);
  return [browser, system].filter(Boolean).join(', ') || userAgent.slice(0, 60) || '?';
}

async function open(
  caller: Caller,
  gate: throttle.Turnstile,
  user: store.Candidate,
  {
    stored,
    timeZone,
    program,
  }: { stored: string; timeZone: string | null | undefined; program: boolean },
): Promise<string | null> {
  const token = newToken();
  const facts = {
    userId: user.id,
    passwordHash: stored,
    tokenHash: hashToken(token),
    timeZone: (timeZone && canonicalTimeZone(timeZone)) || null,
    program,
  };
  // A browser they know is one statement; another one is told in the same transaction.
  if (gate.address === null)
    return (await store.openSession(caller, gate, { ...facts, unknown: false })) ? token : null;
  return inTransaction(caller, async (inside) => {
    const opened = await store.openSession(inside, gate, { ...facts, unknown: true });
    if (opened?.new) {
      const { address, userAgent } = caller;
      await notify(inside, user.id, 'new_device', { device: nameOf(userAgent), address });
    }
    return opened ? token : null;
  });
}

/**
 * Whether this is the password of the active person with this login, for an act that opens no session;
 * counted as a sign-in is. Throws Refusal `password_wrong` (403, field `password`) or `too_many_tries` (429).
 */
export async function checkPassword(
  caller: Caller,
  secret: SecretKey,
  login: string,
  password: string,
): Promise<void> {
  const gate = throttle.turnstile(caller, secret, login, null);
  const { wait, user } = await store.tryLogin(caller, gate, throttle.LIMITS);
  throttle.pass(wait);
  const { ok } = await verifyPassword(user?.active ? user.passwordHash : null, password);
  if (ok) return throttle.forget(caller, gate);
  await throttle.fail(caller, gate);
  throw new Refusal('password_wrong', { status: 403, field: 'password' });
}

/**
 * Asks the signed-in caller for their password again; the proof lasts ten minutes.
 * Throws Refusal `password_wrong` (403, field as given) or `too_many_tries` (429).
 */
export async function prove(
  caller: Caller,
  secret: SecretKey,
  password: string,
  field: string,
): Promise<void> {
  const { person } = member(caller);
  const gate = throttle.turnstile(caller, secret, person.login, `session ${person.session?.id}`);
  const { wait, user } = await store.tryLogin(caller, gate, throttle.LIMITS);
  throttle.pass(wait);
  const { ok } = await verifyPassword(user?.active ? user.passwordHash : null, password);
  if (!ok) throw new Refusal('password_wrong', { status: 403, field });
  await throttle.forget(caller, gate);
  if (person.session) {
    await store.noteProof(caller, person.session.id);
    person.session.provenAt = caller.now();
  }
}
