// What time does to what is kept: every hour, tenant by tenant, in one process of an installation.
import { sweepKeys } from './api-keys/sweep.ts';
import { sweepLinks } from './links/sweep.ts';
import { sweepMailbox } from './mail/mailbox.ts';
import { sweepSignIns } from './sign-in/sweep.ts';
import type { Caller } from './store/caller.ts';
import type { Store } from './store/open.ts';
import { allTenants } from './store/tenants.ts';
import { systemCaller } from './tenants/system-caller.ts';

/** What is swept, and how: each is safe in several processes at once. */
const sweeps: readonly { what: string; run(caller: Caller): Promise<unknown> }[] = [
  { what: 'keys', run: sweepKeys },
  { what: 'links', run: sweepLinks },
  { what: 'mails of test databases', run: sweepMailbox },
  { what: 'sessions and tries', run: sweepSignIns },
];

/** How long after the start the first round comes, and each after it, in milliseconds. */
const FIRST = 60_000;
const EVERY = 3_600_000;

/** Told what could not be swept, and why; the next round makes up for it. */
type OnFailure = (what: string, error: unknown) => void;

/** Sweeps every tenant once. What fails keeps nothing else from being swept. */
async function sweepAll(store: Store, onFailure: OnFailure): Promise<void> {
  for (const tenant of await allTenants(store)) {
    const caller = systemCaller(tenant, store.tenant(tenant.id));
    for (const { what, run } of sweeps)
      await run(caller).catch((error: unknown) => onFailure(what, error));
  }
}

/** Sweeps each hour while the process lives. */
export function keepSweeping(store: Store, onFailure: OnFailure): void {
  const round = () =>
    void sweepAll(store, onFailure).catch((error: unknown) => onFailure('tenants', error));
  setTimeout(round, FIRST).unref();
  setInterval(round, EVERY).unref();
}
