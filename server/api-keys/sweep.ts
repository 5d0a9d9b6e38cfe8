// What time does to keys: a reminder a week before one ends, and out of the table a month after.
import type { Caller, Tenant } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { listTenants } from '../store/tenants.ts';
import * as store from './keys.store.ts';

/** In days: told ahead of the end; kept in sight after it; calls kept counted. */
const DAYS = { ahead: 7, ended: 30, counts: 90 };

const HOUR = 3_600_000;

/** A tenant, its rows and the clock: nobody asks. */
export type Place = Pick<Caller, 'db' | 'now'> & { tenant: Pick<Tenant, 'id'> };

/**
 * Sweeps one tenant; answers how many owners were reminded. Safe in several processes at once: a
 * key is marked in the statement that tells of it.
 */
export async function sweepKeys(place: Place): Promise<number> {
  return store.sweep(place, DAYS);
}

async function sweepAll(opened: Store): Promise<void> {
  const now = () => new Date();
  for (const { id } of await listTenants(opened))
    await sweepKeys({ tenant: { id }, db: opened.tenant(id), now });
}

/**
 * Sweeps every tenant each hour, first a minute after the start, while the process lives.
 * `onFailure` is told when a round fails; the next one makes up for it.
 */
export function keepSweepingKeys(opened: Store, onFailure: (error: unknown) => void): void {
  const round = () => void sweepAll(opened).catch(onFailure);
  setTimeout(round, 60_000).unref();
  setInterval(round, HOUR).unref();
}
