// How far the mails are that were asked for in one request.
import { isUnlimited } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mailLeaves } from '../mail/ready.ts';
import { askerOf } from '../models/asker.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import * as store from './sending.store.ts';

/** Somebody whose mail failed, and why in the mail server's words. */
export interface Failed {
  id: number;
  name: string;
  email: string;
  reason: string;
}

/** Counts of the mails of one request. */
export interface Progress {
  batch: string;
  askedAt: Date;
  total: number;
  waiting: number;
  accepted: number;
  failed: number;
  cancelled: number;
  /** Whether mail leaves; else what waits is kept until a mail server is set. */
  leaves: boolean;
  /** The first of those that failed. */
  failures: Failed[];
}

/** Most failures that are named. */
const MOST = 100;

/**
 * How far a request is. Who asked for it may know, and whoever administers the settings. Throws Refusal
 * `page_unknown` (404) for any other.
 */
export async function progressOf(outside: Caller, batch: string): Promise<Progress> {
  const caller = mustBelongTo(outside, ACCESS_RIGHTS);
  const counted = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(batch)
    ? await store.count(caller, batch)
    : undefined;
  const theirs = counted?.by === caller.person.id || isUnlimited(askerOf(caller));
  if (!counted || !theirs) throw new Refusal('page_unknown', { status: 404 });
  const { by: _by, ...counts } = counted;
  const { waiting, accepted, failed, cancelled } = counts;
  return {
    batch,
    ...counts,
    total: waiting + accepted + failed + cancelled,
    leaves: await mailLeaves(caller),
    failures: failed > 0 ? await store.failed(caller, batch, MOST) : [],
  };
}
