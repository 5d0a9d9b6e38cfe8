// Ending sessions by their number, as clients know them: one's own, or anybody's for an administrator.
import { ACCESS_RIGHTS, belongsTo, member, type Caller } from '../store/caller.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as store from './revoke.store.ts';

/**
 * Ends the sessions with these numbers. Throws Refusal `session_unknown` (404) when one of them is
 * not there or not the caller's to end; then none is ended, inside a transaction.
 */
export async function revoke(caller: Caller, numbers: readonly number[]): Promise<void> {
  const { person } = member(caller);
  const wanted = new Set(numbers);
  const ofWhom = belongsTo(caller, ACCESS_RIGHTS) ? null : person.id;
  const ended = await store.endByNumber(caller, [...wanted], ofWhom);
  if (ended < wanted.size) throw new Refusal('session_unknown', { status: 404 });
}
