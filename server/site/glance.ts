// An entrance for pages that only show it: visitors who come within a moment share one look.
import type { Store } from '../store/open.ts';
import { readEntrance, type Entrance, type Sought } from './entrance.ts';

/** How long a look is as good as new, in milliseconds. */
const FRESH = 250;
/** Doors remembered at most. */
const MOST = 2_000;

interface Look {
  until: number;
  entrance: Promise<Entrance | undefined>;
}

const looks = new WeakMap<Store, Map<string, Look>>();

function looksOf(store: Store): Map<string, Look> {
  const known = looks.get(store) ?? new Map<string, Look>();
  looks.set(store, known);
  return known;
}

/**
 * The entrance as `readEntrance` finds it, a quarter of a second old at most: never for what decides about
 * rights. A look that found nobody or failed is nobody else's.
 */
export function glanceAtEntrance(store: Store, sought: Sought): Promise<Entrance | undefined> {
  const known = looksOf(store);
  const key = JSON.stringify([sought.name, sought.host]);
  const now = performance.now();
  const last = known.get(key);
  if (last && last.until > now) return last.entrance;
  const entrance = readEntrance(store, sought);
  if (known.size >= MOST) known.clear();
  known.set(key, { until: now + FRESH, entrance });
  const forget = () => known.delete(key);
  entrance.then((found) => found ?? forget(), forget);
  return entrance;
}
