// What time does to keys: a reminder a week before one ends, and out of the table a month after.
import { notify } from '../notices/notices.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { allTenants } from '../store/tenants.ts';
import { systemCaller } from '../tenants/system-caller.ts';
import * as store from './keys.store.ts';

/** In days: told ahead of the end; kept in sight after it; calls kept counted. */
const DAYS = { ahead: 7, ended: 30, counts: 90 };

const HOUR = 3_600_000;

/**
 * Sweeps one tenant; answers how many owners were reminded. Safe in several processes at once: a
 * key is marked in the transaction that tells of it.
 */
export async function sweepKeys(caller: Caller): Promise<number> {
  return inTransaction(caller, async (inside) => {
    const ending = await store.sweep(inside, DAYS);
    for (const { userId, name, expiresAt } of ending)
      await notify(inside, userId, 'api_key_expiring', { name, ends: expiresAt.getTime() });
    return ending.length;
  });
}

async function sweepAll(opened: Store): Promise<void> {
  for (const tenant of await allTenants(opened))
    await sweepKeys(systemCaller(tenant, opened.tenant(tenant.id)));
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
