// Sessions: a random token in the browser, its hash in the table, one row a sign-in. Ending one is
// deleting its row, so it is over everywhere at once (ASVS 7.4.1).
import { hashToken, newToken } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { inTransaction, member, type Caller, type Person, type Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import { remember, type Asked } from '../store/reminders.ts';
import * as store from './sessions.store.ts';

/** How long a password proof counts for acts that ask for it again, in milliseconds (ASVS 7.5.1). */
const PROOF_LASTS = 10 * 60_000;

/** A session is noted as seen at most this often, in milliseconds: a write a request would be waste. */
const NOTE_EVERY = 60_000;

/** Splits a cookie value `<tenant>.<token>`; null when it is not of that shape. */
export function readCookie(value: string | undefined): { tenantId: number; token: string } | null {
  const parts = /^(\d{1,9})\.([\w-]{43})$/.exec(value ?? '');
  return parts ? { tenantId: Number(parts[1]), token: parts[2]! } : null;
}

/** The cookie value for a token of this tenant. */
export function writeCookie(tenantId: number, token: string): string {
  return `${tenantId}.${token}`;
}

/** Who speaks through a session. */
export interface Recognised {
  tenant: Tenant;
  person: Person;
  /** Somebody else chose their password: they choose one of their own before anything else. */
  mustChange: boolean;
  language: string | null;
  timeZone: string | null;
  /** What their frame shows, when it was read along. */
  inside?: Inside;
}

/** What the frame of a page inside shows. */
export interface Inside {
  /** Codes of the languages the tenant has loaded. */
  languages: string[];
  companyName: string;
  colour: string;
  unread: number;
  todos: number;
  pictureDigest: string | null;
}

/** Notes that the session was seen, unless it was not long ago; answers until when that need not be done again. */
async function note(
  db: Database,
  tenantId: number,
  { session_id: id, last_seen_at: seenAt }: store.SessionRow,
  now: Date,
): Promise<number | null> {
  const again = seenAt.getTime() + NOTE_EVERY;
  if (now.getTime() <= again) return again;
  await store.noteSeen(db, tenantId, id, now);
  return null;
}

/** The speaker and the row of a living session, and until when it need not be noted as seen again. */
async function find(db: Database, tenantId: number, token: string, now: Date) {
  const [row] = await store.plain.run(db, { tenant: tenantId, tokenHash: hashToken(token), now });
  if (!row) return null;
  const until = await note(db, tenantId, row, now);
  return { speaker: store.toSpeaker(tenantId, row), row, until };
}

/**
 * Who holds this token: null when there is no such living session, its person is archived, or it
 * has idled or lived longer than the tenant allows. Notes when it was last seen.
 */
export async function recognise(
  db: Database,
  tenantId: number,
  token: string,
  now: Date,
): Promise<Recognised | null> {
  const found = await find(db, tenantId, token, now);
  return found && found.speaker;
}

/** The same for a program: remembered for calls that ask ahead, unless a password must be chosen first. */
export async function recogniseSpeaker(
  db: Database,
  tenantId: number,
  token: string,
  now: Date,
): Promise<Recognised | null> {
  const found = await find(db, tenantId, token, now);
  if (!found) return null;
  const { speaker, row, until } = found;
  if (until !== null && !speaker.mustChange)
    remember(askAbout(db, tenantId, token, now).name, speaker, row, until);
  return speaker;
}

/** The same for a page to read: with what its frame shows, in one statement. */
export async function recogniseReader(
  db: Database,
  tenantId: number,
  token: string,
  now: Date,
): Promise<Recognised | null> {
  const [row] = await store.framed.run(db, { tenant: tenantId, tokenHash: hashToken(token), now });
  if (!row) return null;
  await note(db, tenantId, row, now);
  const { languages, companyName, colour, unread, todos, pictureDigest } = row;
  const inside = { languages, companyName, colour, unread, todos, pictureDigest };
  return { ...store.toSpeaker(tenantId, row), inside };
}

/** What the frame shows to the caller now. Throws Refusal `sign_in_first` (401). */
export async function readInside(caller: Caller): Promise<Inside> {
  const { person, tenant } = member(caller);
  const [inside] = await store.inside.run(caller.db, { tenant: tenant.id, userId: person.id });
  if (!inside) throw new Refusal('sign_in_first', { status: 401 });
  return inside;
}

/** What to ask the database about a token ahead of a call. */
export function askAbout(db: Database, tenantId: number, token: string, now: Date): Asked {
  const hash = hashToken(token);
  return {
    name: `session ${tenantId} ${hash.toString('base64')}`,
    question: () => store.plain.ready(db, { tenant: tenantId, tokenHash: hash, now }),
  };
}

/** Whether the caller gave their password within the last ten minutes. */
export function hasFreshProof(caller: Caller): boolean {
  const provenAt = caller.person?.session?.provenAt;
  return provenAt !== undefined && caller.now().getTime() - provenAt.getTime() < PROOF_LASTS;
}

/** Gives the caller's own session a new token and a fresh proof; answers the token. */
export async function renew(caller: Caller): Promise<string> {
  const { person } = member(caller);
  if (!person.session) throw new Refusal('sign_in_first', { status: 401 });
  const token = newToken();
  await store.replaceToken(caller, person.session.id, hashToken(token));
  return token;
}

/** A living session as its owner sees it. */
export interface SessionRow {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  address: string;
  userAgent: string;
  current: boolean;
}

/** The caller's own living sessions, this one first, then the latest seen. */
export async function list(caller: Caller): Promise<SessionRow[]> {
  const { person } = member(caller);
  const rows = await store.listOf(caller, person.id);
  return rows
    .map((row) => ({ ...row, current: row.id === person.session?.id }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

/** Ends one of the caller's own sessions. Throws Refusal `session_unknown` (404) for any other. */
export async function end(caller: Caller, id: string): Promise<void> {
  const { person } = member(caller);
  const ended = /^[0-9a-f-]{36}$/.test(id) && (await store.endOne(caller, person.id, id));
  if (!ended) throw new Refusal('session_unknown', { status: 404 });
}

/** Ends all of the caller's own sessions but this one; answers how many. */
export async function endOthers(caller: Caller): Promise<number> {
  const { person } = member(caller);
  return store.endAllOf(caller, person.id, person.session?.id ?? null);
}

/** Ends all sessions of a person of the tenant, but the one the caller speaks through; answers how many. */
export async function endAllOf(caller: Caller, userId: number): Promise<number> {
  return store.endAllOf(caller, userId, caller.person?.session?.id ?? null);
}

/** Signs the caller out: this session is over. */
export async function signOut(caller: Caller): Promise<void> {
  const session = caller.person?.session;
  if (session)
    await inTransaction(caller, (inside) => store.endOne(inside, caller.person!.id, session.id));
}
