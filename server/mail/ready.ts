// Whether mail can leave a database at all.
import { installation } from '../kernel/installation.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './ready.store.ts';

/** What waits while mail does not leave. */
export interface Waiting {
  /** Mails that are posted. */
  mails: number;
  /** Requests for a new password that nobody could answer. */
  requests: number;
}

/** What waits because the tenant's mail does not leave; null where it does. */
export async function waitingForMail(caller: Caller): Promise<Waiting | null> {
  return (await mailLeaves(caller)) ? null : store.waiting(caller);
}

/**
 * Whether the tenant's mail goes anywhere: to a server of its own, to the operator's, or, for a test
 * database, to its own mailbox. Where it does not, requests are kept until a server is set.
 */
export async function mailLeaves(caller: Caller): Promise<boolean> {
  return installation().smtpUrl !== undefined || store.hasServer(caller);
}
