// A look at the door that visitors who come within a moment share.
import type { Store } from '../store/open.ts';
import { readEntrance, tenantAt, type Sought } from './entrance.ts';

/** How long a look is as good as new, in milliseconds. */
const FRESH = 250;
/** Doors remembered at most. */
const MOST = 2_000;

type Look<T> = (store: Store, sought: Sought) => Promise<T | undefined>;

/** `look`, whose answer others get too while it is fresh. One that found nobody or failed is nobody else's. */
function shared<T>(look: Look<T>): Look<T> {
  const looks = new WeakMap<Store, Map<string, { until: number; found: Promise<T | undefined> }>>();
  return (store, sought) => {
    const known = looks.get(store) ?? new Map<string, never>();
    looks.set(store, known);
    const key = JSON.stringify([sought.name, sought.host]);
    const now = performance.now();
    const last = known.get(key);
    if (last && last.until > now) return last.found;
    const found = look(store, sought);
    if (known.size >= MOST) known.clear();
    known.set(key, { until: now + FRESH, found });
    const forget = () => known.delete(key);
    found.then((answer) => answer ?? forget(), forget);
    return found;
  };
}

/**
 * The entrance as `readEntrance` finds it, a quarter of a second old at most: for pages that only show it,
 * never for what decides about rights.
 */
export const glanceAtEntrance = shared(readEntrance);

/**
 * The tenant of this name, or of this host, a quarter of a second old at most: for forms of visitors. It
 * tells where to ask who somebody is, and gives no right: one that was deleted meanwhile knows nobody.
 */
export const glanceAtTenant = shared(tenantAt);
