// How pages answer: refusals become pages or marked fields, in the reader's words.
import { error, fail, isActionFailure, isHttpError, isRedirect, redirect } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { bodyLimit } from '#server/http/limits.ts';
import { isRefusal, Refusal } from '#server/kernel/refusal.ts';
import { isDatabaseAway } from '#server/store/away.ts';
import { member, type Caller, type Member } from '#server/store/caller.ts';
import { LONGEST_WAY, signInAddress } from '#lib/frame/way-back.ts';

/** What a refused form gets back: the reason, the field at fault, and all that was typed but secrets. */
export interface Refused {
  refused: { code: string; values: Record<string, string | number>; field: string | null };
  typed: Record<string, string>;
}

/** Fields never sent back to the browser; `password-7` is somebody's. */
const SECRETS = /^(?:password(?:-\d+)?|repeated|current|proof|token)$/;

/** The caller, or 404 when no database is known. Throws SvelteKit's error. */
export function callerOf({ locals }: Pick<RequestEvent, 'locals'>): Caller {
  if (!locals.caller) return error(404, 'database_unknown', { code: 'database_unknown' });
  return locals.caller;
}

/** The signed-in caller; a visitor is sent to sign in first and comes back afterwards. */
export function memberOf(event: Pick<RequestEvent, 'locals' | 'url' | 'request'>): Member {
  const { caller } = event.locals;
  if (!caller?.person) return redirect(303, signInAddress(event.url));
  return member(caller);
}

/**
 * Where to go after signing in: a path of this site, never another one, never sign-in itself
 * (ASVS 3.7.2). Anything else becomes `fallback`.
 */
export function safePath(wished: string | null, fallback: string): string {
  if (!wished || wished.length > LONGEST_WAY || !wished.startsWith('/')) return fallback;
  const base = 'http://here.invalid';
  // The browser's own reading decides: backslashes, tabs and double slashes lead elsewhere.
  const url = URL.canParse(wished, base) ? new URL(wished, base) : undefined;
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return fallback;
  if (/^\/web\/(login|session|signup|reset_password)/.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}

/** Logs what nobody foresaw and answers a mark to find it by. */
function unforeseen(caught: unknown, event: Pick<RequestEvent, 'route'>): never {
  if (isDatabaseAway(caught)) return error(503, 'database_away', { code: 'database_away' });
  const mark = crypto.randomUUID().slice(0, 8);
  app().log.error({ err: caught, mark, route: event.route.id }, 'unexpected');
  return error(500, 'unexpected', { code: 'unexpected', mark });
}

/** Runs a `load`: a refusal becomes the error page with its status. */
export async function answer<T>(
  event: Pick<RequestEvent, 'route' | 'url'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (caught) {
    if (isRedirect(caught) || isHttpError(caught)) throw caught;
    if (!isRefusal(caught)) return unforeseen(caught, event);
    if (caught.status === 401) return redirect(303, signInAddress(event.url));
    const { status, code, values } = caught;
    return error(status, code, { code, values });
  }
}

type Sent = Pick<RequestEvent, 'request' | 'locals'>;

/** The fields of a form: text only, each at most once counted. Throws Refusal `form_unreadable`. */
export interface Form {
  text(name: string): string;
  optional(name: string): string | undefined;
  file(name: string): File | undefined;
  /** Names of the fields that begin like this, each once. */
  names(start: string): string[];
  typed(): Record<string, string>;
}

/** Forms without files, nearly all of them, need no parser of multipart bodies. */
async function readFields(request: Request): Promise<FormData | URLSearchParams> {
  const plain = request.headers.get('content-type') === 'application/x-www-form-urlencoded';
  return plain ? new URLSearchParams(await request.text()) : request.formData();
}

/** Refuses a form that is too large before any of it is read. */
function mustFit({ request: { headers }, locals }: Sent): void {
  const limit = bodyLimit(Boolean(locals.caller?.person), headers.get('content-type'));
  if (Number(headers.get('content-length')) > limit) error(413, 'too_large', { code: 'too_large' });
}

/**
 * Refuses a form that was opened by one person and sent after another signed in in the same browser: what
 * it holds is the first one's. Throws Refusal `other_person` (409).
 */
function mustBeTheirs(form: Form, { locals }: Sent): void {
  const who = form.optional('who');
  const person = locals.caller?.person;
  if (who !== undefined && person && who !== String(person.id))
    throw new Refusal('other_person', { status: 409 });
}

/**
 * The form that was sent. Throws SvelteKit's error 413 when it is too large, Refusal `form_unreadable`
 * (400) when it is none.
 */
export async function readForm(event: Sent): Promise<Form> {
  mustFit(event);
  let data: FormData | URLSearchParams;
  try {
    data = await readFields(event.request);
  } catch (caught) {
    throw new Refusal('form_unreadable', { detail: String(caught) });
  }
  const optional = (name: string) => {
    const value = data.get(name);
    if (typeof value !== 'string') return undefined;
    // PostgreSQL text holds no NUL, and nobody types one.
    if (value.includes('\0')) throw new Refusal('form_unreadable', { field: name });
    return value;
  };
  return {
    optional,
    text: (name) => optional(name) ?? '',
    file: (name) => {
      const value = data.get(name);
      return value instanceof File && value.size > 0 ? value : undefined;
    },
    names: (start) => [...new Set(data.keys())].filter((name) => name.startsWith(start)),
    typed: () =>
      Object.fromEntries(
        [...data.entries()].filter(
          (entry): entry is [string, string] =>
            typeof entry[1] === 'string' && !SECRETS.test(entry[0]),
        ),
      ),
  };
}

/** Fields of records that are saved like others, but do not come back to the page. */
const QUIET = ['smtp_pass', 'oauth_client_secret', 'oauth_refresh_token', 'oauth_access_token'];

function withoutQuiet(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !QUIET.includes(name)));
}

/**
 * Runs a form action: a refusal comes back as a failure with what was typed (secrets left out) and
 * the refusal's status; redirects and SvelteKit's errors pass. What is somebody else's does not come back
 * (`other_person`): the page says so instead.
 */
export async function act<T>(
  event: Pick<RequestEvent, 'request' | 'route' | 'url' | 'locals'>,
  work: (form: Form) => Promise<T>,
): Promise<T | ActionFailure<Refused>> {
  let form: Form | undefined;
  try {
    form = await readForm(event);
    mustBeTheirs(form, event);
    return await work(form);
  } catch (caught) {
    if (isRedirect(caught) || isHttpError(caught) || isActionFailure(caught)) throw caught;
    if (!isRefusal(caught)) return unforeseen(caught, event);
    const { status, code, values, field, detail } = caught;
    if (detail) app().log.info({ code, detail }, 'refused');
    if (code === 'other_person') return error(status, code, { code });
    if (code === 'sign_in_first') return redirect(303, signInAddress(event.url));
    return fail(status, {
      refused: { code, values, field: field ?? null },
      typed: withoutQuiet(form?.typed() ?? {}),
    });
  }
}
