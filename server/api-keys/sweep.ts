// What time does to keys: a reminder a week before one ends, and out of the table a month after.
import { notify } from '../notices/notices.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import * as store from './keys.store.ts';

/** In days: told ahead of the end; kept in sight after it; calls kept counted. */
const DAYS = { ahead: 7, ended: 30, counts: 90 };

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
