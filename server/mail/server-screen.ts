// The page of a mail server: its form, and how a trial of it ended.
import { placeAt } from '../records/places.ts';
import type { Caller } from '../store/caller.ts';
import type { Trial } from './doctor.ts';

/** Where servers are listed. */
export const SERVERS = '/settings/technical/mail-servers';

/** How a trial ended, in words. */
export interface TrialTold {
  good: boolean;
  /** What happened, and what to do about it. */
  text: string;
  /** The server's own words. */
  reason: string;
}

/** Tries a server with a mail to the caller. Throws what `tryServer` throws. */
export async function trial(outside: Caller, id: number): Promise<TrialTold> {
  const { caller } = placeAt(outside, SERVERS);
  const { tryServer, wordsOfTrial } = await import('./doctor.ts');
  const ended: Trial = await tryServer(caller, id);
  const text = wordsOfTrial(caller.language, { ...ended, reason: '' });
  return { good: ended.step === null, text, reason: ended.reason };
}
