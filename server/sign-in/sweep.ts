// What time does to sessions and to counted tries: they leave the tables, and with them the addresses
// people came from.
import type { Caller } from '../store/caller.ts';
import * as sessions from './sessions.store.ts';
import * as throttle from './throttle.store.ts';

/** How long a count of tries is kept after the last, in days: no pause is longer. */
const TRIES = 2;

/** Deletes dead sessions and old counts of one tenant. Safe in several processes at once. */
export async function sweepSignIns(caller: Caller): Promise<void> {
  await sessions.deleteDead(caller);
  await throttle.deleteOld(caller, TRIES);
}
