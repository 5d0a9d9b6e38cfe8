// Who a mail is for: their name, address and language, as stored.
import type { Caller } from '../store/caller.ts';
import * as store from './readers.store.ts';

/** The reader of a mail. `email` is empty for people without one; no mail can be posted to them. */
export interface Reader {
  userId: number;
  partnerId: number;
  name: string;
  login: string;
  email: string;
  /** The language they chose, else the tenant's: whoever asks, it is the reader's that counts. */
  language: string;
  /** Theirs, else the tenant's. */
  timeZone: string;
  internal: boolean;
  active: boolean;
  /** Whether they ever signed in or set a password. */
  connected: boolean;
  signedIn: boolean;
}

/** The people of these numbers, in no order; those that are gone are left out. */
export async function readersOf(caller: Caller, userIds: readonly number[]): Promise<Reader[]> {
  return userIds.length === 0 ? [] : store.readers(caller, userIds);
}
