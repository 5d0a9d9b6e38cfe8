// Pages that are the same for every visitor are drawn once and kept, under all that they are drawn from:
// the tenant and its frame as read for this very request, the language, the query, the database that the
// browser remembers. Nobody who is signed in gets or fills one (decision 0017).
import { dev } from '$app/env';
import type { RequestEvent } from '@sveltejs/kit';
import type { Entrance } from '#server/site/entrance.ts';
import { databaseHeader, readDatabase, readSession } from './cookies.ts';

/** Routes whose `load` asks the database for nothing more than the entrance. */
const KEPT = new Set(['/(out)/web/login']);

/** Pages kept at most; the oldest goes. */
const MOST = 300;
/** Longer queries are typed by nobody. */
const LONGEST = 200;

interface KeptPage {
  html: string;
  headers: [string, string][];
}

const pages = new Map<string, KeptPage>();
const written = new WeakMap<Entrance, string>();

function textOf(entrance: Entrance): string {
  let text = written.get(entrance);
  if (text === undefined) written.set(entrance, (text = JSON.stringify(entrance)));
  return text;
}

/** Whether the page of this request may be a kept one. */
export function mayBeKept(event: RequestEvent): boolean {
  const { request, route, url } = event;
  if (dev || request.method !== 'GET' || event.isDataRequest || !KEPT.has(route.id ?? ''))
    return false;
  return url.search.length <= LONGEST && readSession(event) === undefined;
}

/** What the page of this request is kept under; undefined for one that is not kept. */
export function keyOf(event: RequestEvent): string | undefined {
  const { entrance, language } = event.locals;
  if (!entrance || !mayBeKept(event)) return undefined;
  return [language, event.url.search, readDatabase(event) ?? '', textOf(entrance)].join('\n');
}

/** What belongs to one answer alone. */
const OWN = new Set(['set-cookie', 'etag', 'content-length']);

/**
 * Keeps what was just drawn; answers it, for a body can be read once. A page with a nonce is for one answer
 * alone.
 */
export async function keep(key: string, response: Response): Promise<Response> {
  const { headers, status } = response;
  if (status !== 200 || headers.get('content-security-policy')?.includes("'nonce-"))
    return response;
  const html = await response.text();
  if (pages.size >= MOST) pages.delete(pages.keys().next().value!);
  pages.set(key, { html, headers: [...headers].filter(([name]) => !OWN.has(name)) });
  return new Response(html, response);
}

/** The kept page with the cookies of this answer; undefined when there is none. */
export function kept(key: string, event: RequestEvent): Response | undefined {
  const page = pages.get(key);
  if (!page) return undefined;
  const headers = new Headers(page.headers);
  const cookie = databaseHeader(event);
  if (cookie !== undefined) headers.append('set-cookie', cookie);
  return new Response(page.html, { headers });
}
