// What time does to links: dead ones, and what was recorded around them, leave the tables.
import type { Caller } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { allTenants } from '../store/tenants.ts';
import { systemCaller } from '../tenants/system-caller.ts';
import * as store from './sweep.store.ts';

/** In days: dead links; what was done to accounts; requests that nobody could answer. */
const DAYS = { links: 90, events: 400, requests: 7 };

const HOUR = 3_600_000;

/** Sweeps one tenant. Safe in several processes at once. */
export async function sweepLinks(caller: Caller): Promise<void> {
  await store.sweep(caller, DAYS);
}

async function sweepAll(opened: Store): Promise<void> {
  for (const tenant of await allTenants(opened))
    await sweepLinks(systemCaller(tenant, opened.tenant(tenant.id)));
}

/**
 * Sweeps every tenant each hour, first two minutes after the start, while the process lives.
 * `onFailure` is told when a round fails; the next one makes up for it.
 */
export function keepSweepingLinks(opened: Store, onFailure: (error: unknown) => void): void {
  const round = () => void sweepAll(opened).catch(onFailure);
  setTimeout(round, 120_000).unref();
  setInterval(round, HOUR).unref();
}
