// A secret that came in an address is moved out of it at once: into a cookie that only its page gets,
// so that it stays in no history, log or Referer header (ASVS 14.2.1).
import { redirect, type RequestEvent } from '@sveltejs/kit';

const NAME = 'huis_one_time';
const LASTS = 3_600;

/**
 * Redirects to this page without `?token=`, remembering it for an hour in a cookie of this path;
 * returns when the address has none.
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
  redirect(303, clean.pathname + clean.search);
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
