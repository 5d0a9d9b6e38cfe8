// The web client's session: opened with a password, carried in a cookie.
import { signIn } from '../sign-in/password.ts';
import { mustChange } from '../sign-in/programs.ts';
import * as sessions from '../sign-in/sessions.ts';
import type { Member } from '../store/caller.ts';
import type { Asked } from '../store/reminders.ts';
import { argumentError } from './arguments.ts';
import { sessionExpired, type Exchange } from './envelope.ts';
import { dropSessionId, readSessionId, setSessionId } from './session-cookie.ts';
import { sessionInfo } from './session-info.ts';
import { enterDatabase, memberFor, type Visit } from './visit.ts';

async function recogniseToken(visit: Visit, value: string | undefined): Promise<Member | null> {
  const cookie = sessions.readCookie(value);
  if (!cookie) return null;
  const db = visit.app.store.tenant(cookie.tenantId);
  const found = await sessions.recogniseSpeaker(db, cookie.tenantId, cookie.token, new Date());
  if (!found) return null;
  const member = memberFor(visit, found);
  visit.caller = member;
  if (found.mustChange) throw mustChange();
  return member;
}

/** What to ask about the session the cookie holds, ahead of a call; undefined without a cookie. */
export function askAbout({ app }: Visit, { request }: Exchange): Asked | undefined {
  const cookie = sessions.readCookie(readSessionId(request));
  if (!cookie) return undefined;
  const { tenantId, token } = cookie;
  return sessions.askAbout(app.store.tenant(tenantId), tenantId, token, new Date());
}

/**
 * The member whose session the cookie holds. Throws WireError, "session expired", or Refusal
 * `password_must_change` (403).
 */
export async function memberOf(visit: Visit, { request }: Exchange): Promise<Member> {
  const member = await recogniseToken(visit, readSessionId(request));
  if (!member) throw sessionExpired();
  return member;
}

/**
 * Opens a session and answers its facts. Throws Refusal `wrong_pair` (401), `too_many_tries` (429),
 * `password_must_change` (403).
 */
export async function authenticate(
  visit: Visit,
  { db, login, password }: Record<string, unknown>,
  { request, reply }: Exchange,
) {
  const caller = await enterDatabase(visit, db);
  if (typeof login !== 'string' || typeof password !== 'string')
    throw argumentError('login and password are texts');
  const wish = { login, password, device: null, program: true };
  const { token } = await signIn(caller, visit.app.secret, wish);
  const member = await recogniseToken(visit, sessions.writeCookie(caller.tenant.id, token));
  if (!member) throw sessionExpired();
  setSessionId(request, reply, caller.tenant, token);
  return sessionInfo(member, visit.app.config.url);
}

/** The facts of the session there is. */
export async function getSessionInfo(visit: Visit, _params: unknown, exchange: Exchange) {
  return sessionInfo(await memberOf(visit, exchange), visit.app.config.url);
}

/** Answers nothing while the session lives. */
export async function check(visit: Visit, _params: unknown, exchange: Exchange): Promise<null> {
  await memberOf(visit, exchange);
  return null;
}

/** Ends the session. */
export async function destroy(visit: Visit, _params: unknown, exchange: Exchange): Promise<null> {
  const member = await memberOf(visit, exchange);
  await sessions.signOut(member);
  dropSessionId(exchange.request, exchange.reply);
  return null;
}

/** Names of what is installed: one thing, to clients that look for modules. */
export async function modules(
  visit: Visit,
  _params: unknown,
  exchange: Exchange,
): Promise<string[]> {
  await memberOf(visit, exchange);
  return ['base', 'web'];
}
