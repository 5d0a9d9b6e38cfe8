// Whether mail can leave a database at all.
import { installation } from '../kernel/installation.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './ready.store.ts';

/**
 * Whether the tenant's mail goes anywhere: to a server of its own, to the operator's, or, for a test
 * database, to its own mailbox. Where it does not, requests are kept until a server is set.
 */
export async function mailLeaves(caller: Caller): Promise<boolean> {
  return installation().smtpUrl !== undefined || store.hasServer(caller);
}
