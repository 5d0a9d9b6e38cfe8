// What was done to somebody's account by somebody else, or through a link: kept beside the account for
// those who help.
import type { Caller } from '../store/caller.ts';
import * as store from './events.store.ts';

/** Every kind of event; its words are `event.<kind>`. */
export type EventKind =
  | 'link_mailed'
  | 'link_copied'
  | 'letter_printed'
  | 'password_given'
  | 'password_by_link'
  | 'reset_asked'
  | 'reset_unreachable'
  | 'address_asked'
  | 'address_cancelled'
  | 'address_confirmed'
  | 'address_changed'
  | 'address_undone';

/**
 * Records that the caller did something to the account of a person, or of several, in the transaction it
 * is done in. `data` fills the words and never holds a secret. Whoever calls has checked that they may.
 */
export async function record(
  caller: Caller,
  userIds: number | readonly number[],
  kind: EventKind,
  data: Readonly<Record<string, string>> = {},
): Promise<void> {
  await store.insert(caller, typeof userIds === 'number' ? [userIds] : userIds, kind, data);
}
