// Cookie, host and query → who asks, in which tenant, in which language.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { app } from '#server/app.ts';
import { chooseLanguage, known } from '#server/languages/known.ts';
import { localeTag } from '#locales/words.ts';
import { wordsFor } from '#server/kernel/words.ts';
import * as sessions from '#server/sign-in/sessions.ts';
import { readEntrance, type Sought } from '#server/site/entrance.ts';
import { glanceAtEntrance, glanceAtTenant } from '#server/site/glance.ts';
import { readFrame, type StoredFrame } from '#server/site/frame.ts';
import { isDatabaseAway } from '#server/store/away.ts';
import type { Caller, Tenant } from '#server/store/caller.ts';
import { readDatabase, readLanguage, readSession, setDatabase } from '#lib/server/cookies.ts';
import { keep, kept, keyOf, mayBeKept } from '#lib/server/kept-pages.ts';

const LONGEST_AGENT = 400;

function callerFor(event: RequestEvent, tenant: Tenant): Caller {
  return {
    tenant,
    db: app().store.tenant(tenant.id),
    person: null,
    language: tenant.language,
    timeZone: tenant.timeZone,
    address: event.getClientAddress(),
    userAgent: (event.request.headers.get('user-agent') ?? '').slice(0, LONGEST_AGENT),
    now: () => new Date(),
  };
}

/** A page to read needs the frame too, a form that is sent does not. */
async function seek(event: RequestEvent, sought: Sought): Promise<Tenant | undefined> {
  const { store } = app();
  if (event.request.method === 'POST') return glanceAtTenant(store, sought);
  const read = mayBeKept(event) ? glanceAtEntrance : readEntrance;
  event.locals.entrance = await read(store, sought);
  return event.locals.entrance?.tenant;
}

/** `?db=` names it; else the host; else what this browser chose before; else the only one. */
async function findTenant(event: RequestEvent): Promise<Tenant | undefined> {
  const name = event.url.searchParams.get('db');
  if (name !== null) {
    const tenant = await seek(event, { name });
    if (tenant && readDatabase(event) !== tenant.name) setDatabase(event, tenant.name);
    return tenant;
  }
  const byHost = await seek(event, { host: event.url.host });
  if (byHost) return byHost;
  const chosen = readDatabase(event);
  return chosen === undefined ? undefined : seek(event, { name: chosen });
}

/** The session speaks for its tenant unless the address names another one. */
async function recognise(event: RequestEvent): Promise<sessions.Recognised | null> {
  const cookie = sessions.readCookie(readSession(event));
  if (!cookie) return null;
  const db = app().store.tenant(cookie.tenantId);
  const read = event.request.method === 'POST' ? sessions.recognise : sessions.recogniseReader;
  const found = await read(db, cookie.tenantId, cookie.token, new Date());
  const named = event.url.searchParams.get('db');
  return found && (named === null || named === found.tenant.name) ? found : null;
}

async function settle(event: RequestEvent): Promise<void> {
  const { locals } = event;
  const recognised = await recognise(event);
  if (recognised) {
    const { tenant, person, timeZone } = recognised;
    locals.recognised = recognised;
    locals.caller = { ...callerFor(event, tenant), person };
    locals.caller.timeZone = timeZone ?? tenant.timeZone;
    return;
  }
  const tenant = await findTenant(event);
  if (tenant) locals.caller = callerFor(event, tenant);
}

/** The language for this reader; the loaded ones are read with the frame or the session. */
async function chooseFor(event: RequestEvent): Promise<string> {
  const { locals, request } = event;
  const wishes = {
    preferred: locals.recognised?.language ?? null,
    cookie: readLanguage(event) ?? null,
    acceptLanguage: request.headers.get('accept-language'),
  };
  const { caller } = locals;
  if (!caller) return chooseLanguage(SHIPPED, { ...wishes, fallback: 'en_US' });
  const { languages } = await (locals.recognised ? locals.inside() : locals.frame());
  return chooseLanguage(languages, { ...wishes, fallback: caller.tenant.language });
}

async function readFrameOf({ entrance, caller }: App.Locals): Promise<StoredFrame> {
  return entrance?.frame ?? readFrame(caller!);
}

async function readInsideOf({ recognised, caller }: App.Locals): Promise<sessions.Inside> {
  return recognised?.inside ?? sessions.readInside(caller!);
}

function prepare(event: RequestEvent): void {
  const { locals } = event;
  locals.language = 'en_US';
  locals.secure = event.url.protocol === 'https:';
  let inside: ReturnType<App.Locals['inside']> | undefined;
  let frame: ReturnType<App.Locals['frame']> | undefined;
  let language: Promise<string> | undefined;
  locals.inside = () => (inside ??= readInsideOf(locals));
  locals.frame = () => (frame ??= readFrameOf(locals));
  locals.settleLanguage = () =>
    (language ??= chooseFor(event).then((code) => {
      locals.language = code;
      if (locals.caller) locals.caller.language = code;
      return code;
    }));
}

const SHIPPED = known.map(({ code }) => code);

/** Without a database there is no frame to draw: a page that stands alone, in the browser's language. */
function awayPage(event: RequestEvent): Response {
  const code = chooseLanguage(SHIPPED, {
    cookie: readLanguage(event) ?? null,
    acceptLanguage: event.request.headers.get('accept-language'),
    fallback: 'en_US',
  });
  const { t, locale } = wordsFor(code);
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${t('error.away.title')}</title></head>
<body><main><h1>${t('error.away.title')}</h1><p>${t('error.away.text')}</p></main></body></html>`;
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'retry-after': '5',
    },
  });
}

async function settleOrAway(event: RequestEvent): Promise<Response | undefined> {
  try {
    await settle(event);
    return undefined;
  } catch (caught) {
    if (!isDatabaseAway(caught)) throw caught;
    app().log.error({ err: caught }, 'the database is away');
    return awayPage(event);
  }
}

/** The page as SvelteKit draws it, with the headers of every page. */
async function draw(
  event: RequestEvent,
  resolve: Parameters<Handle>[0]['resolve'],
): Promise<Response> {
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%huis.lang%', localeTag(event.locals.language)),
    preload: ({ type }) => type === 'css',
  });
  const { headers } = response;
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (headers.get('content-type')?.startsWith('text/html')) {
    headers.set('content-language', localeTag(event.locals.language));
    headers.set('vary', 'Accept-Language, Cookie');
  }
  const { status } = event.locals;
  if (status === undefined || response.status !== 200) return response;
  return new Response(response.body, { status, headers });
}

/** Where whoever got a password from somebody else chooses one of their own. */
const CHOOSE = '/web/new_password';

/** With such a password nothing inside is reached, whatever is asked for and however. */
function leadToChoice({ locals, route }: RequestEvent): void {
  if (locals.recognised?.mustChange && route.id?.startsWith('/(in)')) redirect(303, CHOOSE);
}

export const handle: Handle = async ({ event, resolve }) => {
  prepare(event);
  const away = await settleOrAway(event);
  if (away) return away;
  leadToChoice(event);
  if (event.locals.entrance) await event.locals.settleLanguage();
  const key = keyOf(event);
  const ready = key === undefined ? undefined : kept(key, event);
  if (ready) return ready;
  const drawn = await draw(event, resolve);
  return key === undefined ? drawn : keep(key, drawn);
};

/** SvelteKit's own refusals get our words; failures nobody foresaw get a mark to find them by. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return undefined;
  if (kind !== 'unknown') {
    const code = error.status === 404 ? 'page_unknown' : 'form_unreadable';
    return { message: code, code };
  }
  if (isDatabaseAway(error))
    return { status: 503, message: 'database_away', code: 'database_away' };
  const mark = crypto.randomUUID().slice(0, 8);
  app().log.error({ err: error, mark, route: event.route.id }, 'unexpected');
  return { status: 500, message: 'unexpected', code: 'unexpected', mark };
};
