// Addresses of a list: the one that is open, with something else asked of it.

/** A query to read from. */
type Query = Iterable<[string, string]> & Pick<URLSearchParams, 'get' | 'getAll'>;

/** What to change: null takes a part away. */
type Changes = Record<string, string | string[] | null>;

/** The query of the list with these changes, `?` included; the page starts over unless it is named. */
export function changed(query: Query, changes: Changes): string {
  const next = listQuery(query);
  if (!('page' in changes)) next.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : [value].flat()) next.append(name, one);
  }
  const text = next.toString();
  return text === '' ? '?' : `?${text}`;
}

const LIST = ['q', 'filter', 'sort', 'page', 'columns', 'where'];

/** What of an address belongs to its list. */
export function listQuery(query: Query): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => LIST.includes(name)));
}

/** The same with the record's place in it: what a form hands on when it is sent. */
export function formQuery(query: Query): URLSearchParams {
  const next = listQuery(query);
  const at = query.get('at');
  if (at !== null) next.set('at', at);
  return next;
}

/** The address of a record that remembers its list and its place in it. */
export function recordAddress(
  base: string,
  id: number | string,
  query: Query,
  at?: number,
): string {
  const next = listQuery(query);
  next.delete('page');
  if (at !== undefined) next.set('at', String(at));
  const text = next.toString();
  return text === '' ? `${base}/${id}` : `${base}/${id}?${text}`;
}

/** Where a form leads back to when it is left: the record as it is stored, or the list for a new one. */
export function leavingAddress(
  screen: { base: string; id: number | null; position: { at: number } | null },
  query: Query,
): string {
  return screen.id === null
    ? listAddress(screen.base, query)
    : recordAddress(screen.base, screen.id, query, screen.position?.at);
}

/** The address of the list a record was opened from. */
export function listAddress(base: string, query: Query): string {
  const text = listQuery(query).toString();
  return text === '' ? base : `${base}?${text}`;
}
