// What the Action menu does, to one record or to several that were ticked.
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { withArchived } from '../models/asker.ts';
import { nameSearch, search } from '../models/read.ts';
import { asking } from '../models/rights.ts';
import type { Caller } from '../store/caller.ts';
import type { Named } from './cells.ts';
import { domainOf } from './filters.ts';
import { MOST_COUNTED } from './list.ts';
import { placeAt } from './places.ts';
import { call } from './save.ts';
import { readWish } from './wish.ts';

/** Most records at once: a page of them. */
const MOST = 80;

/** The numbers that were ticked: `pick-7`. Throws Refusal `nothing_picked` when there are none. */
export function readPicked(names: Iterable<string>): number[] {
  const ids = [...names].flatMap((name) => {
    const id = Number(/^pick-(\d{1,10})$/.exec(name)?.[1]);
    return isRowId(id) ? [id] : [];
  });
  if (ids.length === 0) throw new Refusal('nothing_picked', { status: 422 });
  return [...new Set(ids)].slice(0, MOST);
}

/** Numbers of all records that a list shows, whatever page is open. Throws Refusal `too_many_picked` (422). */
export async function matching(
  outside: Caller,
  path: string,
  query: URLSearchParams,
): Promise<number[]> {
  const { caller, model } = placeAt(outside, path);
  return asking(caller, async (asker) => {
    const wish = readWish(asker, model, query);
    const domain = domainOf(model, wish);
    const ids = await search(asker, model, { domain, name: wish.search, limit: MOST_COUNTED + 1 });
    if (ids.length > MOST_COUNTED)
      throw new Refusal('too_many_picked', { status: 422, values: { most: MOST_COUNTED } });
    return ids;
  });
}

/** Puts records away. Throws what writing them throws. */
export async function archive(outside: Caller, path: string, ids: number[]): Promise<void> {
  const { caller, model } = placeAt(outside, path);
  await call(caller, model, 'action_archive', [ids]);
}

/** Takes records out again. */
export async function unarchive(outside: Caller, path: string, ids: number[]): Promise<void> {
  const { caller, model } = placeAt(outside, path);
  await call(caller, model, 'action_unarchive', [ids]);
}

/** Copies records; answers the new numbers. */
export async function duplicate(outside: Caller, path: string, ids: number[]): Promise<number[]> {
  const { caller, model } = placeAt(outside, path);
  const copies = await call(caller, model, 'copy', [ids]);
  return Array.isArray(copies) ? (copies as number[]) : [copies as number];
}

/** Deletes records for good. */
export async function remove(outside: Caller, path: string, ids: number[]): Promise<void> {
  const { caller, model } = placeAt(outside, path);
  await call(caller, model, 'unlink', [ids]);
}

/** The names of records, for asking whether these are meant. Those that are gone are left out. */
export async function names(
  outside: Caller,
  path: string,
  ids: number[],
): Promise<{ base: string; title: string; records: Named[] }> {
  const { caller, model, base, title } = placeAt(outside, path);
  return asking(caller, async (asker) => {
    const domain = [['id', 'in', ids]];
    const found = await nameSearch(withArchived(asker), model, { domain, limit: MOST });
    return { base, title, records: found.map(([id, name]) => ({ id, name })) };
  });
}
