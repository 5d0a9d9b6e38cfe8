// The way through the sign-in page and back to where one was going.

/** The longest address that leads back, in characters. */
export const LONGEST_WAY = 2_000;

/** What a search says of the last act, which is over, and of the database, which the session names. */
const OVER = new Set([
  ...['db', 'saved', 'done', 'count', 'told', 'read', 'restored', 'ruled', 'address', 'picture'],
]);

interface Address {
  pathname: string;
  searchParams: Iterable<[string, string]>;
}

/**
 * The sign-in page that leads back to this page afterwards: with its search and its place in a list, but
 * without the act that was asked of it, which is not repeated.
 */
export function signInAddress({ pathname, searchParams }: Address): string {
  const kept = [...searchParams].filter(([name]) => !OVER.has(name) && !name.startsWith('/'));
  const query = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
  const back = pathname.length + query.length > LONGEST_WAY ? pathname : pathname + query;
  return back === '/' ? '/web/login' : `/web/login?${new URLSearchParams({ redirect: back })}`;
}
