// Getting in from a page: the session of this browser, and the mark that it is known.
import type { RequestEvent } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { signIn, type SignedIn } from '#server/sign-in/password.ts';
import * as sessions from '#server/sign-in/sessions.ts';
import type { Caller } from '#server/store/caller.ts';
import { readDevice, readSession, setDevice, setSession } from './cookies.ts';

/** Ends the session this browser has so far, of whomever and in whatever database. */
async function endFormer(event: RequestEvent, caller: Caller): Promise<void> {
  const cookie = sessions.readCookie(readSession(event));
  if (!cookie) return;
  const db = app().store.tenant(cookie.tenantId);
  const former = await sessions.recognise(db, cookie.tenantId, cookie.token, caller.now());
  if (former)
    await sessions.signOut({ ...caller, db, tenant: former.tenant, person: former.person });
}

/**
 * Signs in and gives the browser its cookies; one browser holds one session.
 * Throws the refusals of `signIn`.
 */
export async function enter(
  event: RequestEvent,
  caller: Caller,
  { login, password, timeZone }: { login: string; password: string; timeZone?: string },
): Promise<SignedIn> {
  const { tenant } = caller;
  const device = readDevice(event, tenant, login);
  const signedIn = await signIn(caller, app().secret, { login, password, timeZone, device });
  await endFormer(event, caller);
  setSession(event, tenant, signedIn.token);
  setDevice(event, tenant, signedIn.login);
  return signedIn;
}

/** Where a person begins: the applications, or the light home of portal people. */
export function homeOf(internal: boolean): string {
  return internal ? '/home' : '/my';
}
