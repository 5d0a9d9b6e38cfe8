// What the office does behind the pages, written down. Each chore is loaded when the office opens, which is
// in one process of an installation: those that answer pages never load it.
import { deliver } from './mail/delivery.ts';
import type { Chore } from './mail/office.ts';
import { tenantsWithMail, tenantsWithRequests } from './mail/waiting.ts';
import { settleRequests } from './passwords/reset.ts';

/** How long what cannot be settled now is left alone, in milliseconds: no mail leaves yet, say. */
const LATER = 10_000;

export const chores: readonly Chore[] = [
  { name: 'mail', waiting: tenantsWithMail, run: deliver, workers: 4 },
  {
    name: 'resets',
    waiting: tenantsWithRequests,
    run: async (caller) =>
      (await settleRequests(caller)) === 0 ? new Date(Date.now() + LATER) : undefined,
    workers: 2,
  },
];
