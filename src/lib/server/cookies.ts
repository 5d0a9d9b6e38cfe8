// The cookies we set, their names and flags in one place (ASVS 3.3).
import type { Cookies } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { deviceCookie, newMark, recogniseMark } from '#server/sign-in/known-devices.ts';
import { writeCookie } from '#server/sign-in/sessions.ts';
import type { Tenant } from '#server/store/caller.ts';

const YEAR = 365 * 24 * 3_600;

/** Under https the `__Host-` prefix pins the cookie to this very host. */
function sessionName(secure: boolean): string {
  return secure ? '__Host-huis_session' : 'huis_session';
}

const DATABASE = 'huis_database';
const LANGUAGE = 'huis_language';

interface Jar {
  cookies: Cookies;
  locals: App.Locals;
}

function flags(locals: App.Locals, maxAge: number) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: locals.secure, maxAge } as const;
}

export function readSession({ cookies, locals }: Jar): string | undefined {
  return cookies.get(sessionName(locals.secure));
}

/** The browser keeps the cookie as long as the tenant lets a session live; the server decides anyway. */
export function setSession({ cookies, locals }: Jar, tenant: Tenant, token: string): void {
  const maxAge = tenant.sessionAbsoluteMinutes * 60;
  cookies.set(sessionName(locals.secure), writeCookie(tenant.id, token), flags(locals, maxAge));
}

export function dropSession({ cookies, locals }: Jar): void {
  cookies.delete(sessionName(locals.secure), { path: '/', secure: locals.secure });
}

export function readDatabase({ cookies }: Jar): string | undefined {
  return cookies.get(DATABASE);
}

/** Remembers the database that was chosen, so that the next page needs no `?db=`. */
export function setDatabase({ cookies, locals }: Jar, name: string): void {
  locals.chosenDatabase = name;
  cookies.set(DATABASE, name, flags(locals, YEAR));
}

/** The same as a header of an answer that SvelteKit does not draw; undefined where none was chosen. */
export function databaseHeader({ locals }: Pick<Jar, 'locals'>): string | undefined {
  const { chosenDatabase, secure } = locals;
  if (chosenDatabase === undefined) return undefined;
  // Names of databases need no escaping: see `isTenantName`.
  const flagged = `Max-Age=${YEAR}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${DATABASE}=${chosenDatabase}; ${flagged}`;
}

export function readLanguage({ cookies }: Jar): string | undefined {
  return cookies.get(LANGUAGE);
}

export function setLanguage({ cookies, locals }: Jar, code: string): void {
  cookies.set(LANGUAGE, code, flags(locals, YEAR));
}

/** The random part of a genuine mark of this person in this browser, else null. */
export function readDevice({ cookies }: Jar, tenant: Tenant, login: string): string | null {
  const { secret } = app();
  const mark = cookies.get(deviceCookie(secret, tenant.id, login));
  return recogniseMark(secret, tenant.id, login, mark);
}

export function setDevice({ cookies, locals }: Jar, tenant: Tenant, login: string): void {
  const { secret } = app();
  const name = deviceCookie(secret, tenant.id, login);
  cookies.set(name, newMark(secret, tenant.id, login), flags(locals, YEAR));
}
