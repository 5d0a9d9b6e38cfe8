// What time does to links: dead ones, and what was recorded around them, leave the tables.
import type { Caller } from '../store/caller.ts';
import * as store from './sweep.store.ts';

/** In days: dead links; what was done to accounts; requests that nobody could answer. */
const DAYS = { links: 90, events: 400, requests: 7 };

/** Sweeps one tenant. Safe in several processes at once. */
export async function sweepLinks(caller: Caller): Promise<void> {
  await store.sweep(caller, DAYS);
}
