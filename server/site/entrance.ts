// A visitor at the door of a tenant: which one it is and what its frame shows, in one round trip.
import type { Tenant } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { tenantByHost, tenantByName } from '../store/tenants.ts';
import type { StoredFrame } from './frame.ts';
import * as store from './frame.store.ts';

/** What a visitor's request says of the tenant: one of the two. */
export interface Sought {
  name?: string;
  host?: string;
}

/** What a page before signing in shows, whoever reads it. */
export interface Entrance {
  tenant: Tenant;
  /** Whether there are other tenants to choose from. */
  several: boolean;
  frame: StoredFrame;
}

// Row-level security wants the number before it shows a row. A number kept from the last time is no
// more than a guess: the statement finds nothing when it has become another's.
const guesses = new Map<string, number>();
const GUESSES_AT_MOST = 12_000;
const LONGEST_KEPT = 255;

function keep(key: string, id: number): void {
  if (key.length > LONGEST_KEPT) return;
  if (guesses.size >= GUESSES_AT_MOST) guesses.clear();
  guesses.set(key, id);
}

/** The tenant with this name, or the one that this host leads to; else undefined. */
export function tenantAt(opened: Store, { name, host = '' }: Sought): Promise<Tenant | undefined> {
  return name === undefined ? tenantByHost(opened, host) : tenantByName(opened, name);
}

/** The entrance of the tenant with this name, or of the one that this host leads to; else undefined. */
export async function readEntrance(opened: Store, sought: Sought): Promise<Entrance | undefined> {
  const { name, host = '' } = sought;
  const key = name === undefined ? `host ${host}` : `name ${name}`;
  const guess = guesses.get(key);
  const found = guess && (await store.readEntrance(opened.tenant(guess), guess, sought));
  if (found) return found;
  guesses.delete(key);
  const tenant = await tenantAt(opened, sought);
  if (!tenant) return undefined;
  keep(key, tenant.id);
  return store.readEntrance(opened.tenant(tenant.id), tenant.id, sought);
}
