// A secret that came in an address is moved out of it at once: into a cookie that only its page gets,
// so that it stays in no history, log or Referer header (ASVS 14.2.1).
import { redirect, type RequestEvent } from '@sveltejs/kit';

const NAME = 'huis_one_time';
const LASTS = 3_600;

/** In the address of a page whose secret is in the cookie. */
const MARK = 'link';

/**
 * Redirects to this page without `?token=`, remembering it for an hour in a cookie of this path;
 * returns when the address has none. The page is marked, for it may also be opened without a link.
 */
export function hideToken(
  event: Pick<RequestEvent, 'url' | 'cookies' | 'locals' | 'setHeaders'>,
): void {
  const { url, cookies, locals } = event;
  const token = url.searchParams.get('token');
  if (token === null) return;
  cookies.set(NAME, token.slice(0, 200), {
    path: url.pathname,
    httpOnly: true,
    sameSite: 'lax',
    secure: locals.secure,
    maxAge: LASTS,
  });
  event.setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  const clean = new URL(url);
  clean.searchParams.delete('token');
  clean.searchParams.set(MARK, '1');
  redirect(303, clean.pathname + clean.search);
}

/** Whether the page was opened through a link, as its address says. */
export function hasLink({ url }: Pick<RequestEvent, 'url'>): boolean {
  return url.searchParams.has(MARK);
}

/** The address of the same page opened through the link, with an act of it before and a word about it behind. */
export function addressOf(
  { url }: Pick<RequestEvent, 'url'>,
  { database, told }: { database: string; told?: string },
): string {
  const query = new URLSearchParams({ db: database, [MARK]: '1', ...(told && { told }) });
  return `${url.pathname}?${query}`;
}

/** The remembered secret of this page; empty when there is none. */
export function readToken({ cookies }: Pick<RequestEvent, 'cookies'>): string {
  return cookies.get(NAME) ?? '';
}

/** Forgets it: it is used, or of no use. */
export function dropToken({
  cookies,
  locals,
  url,
}: Pick<RequestEvent, 'cookies' | 'locals' | 'url'>): void {
  cookies.delete(NAME, { path: url.pathname, secure: locals.secure });
}
