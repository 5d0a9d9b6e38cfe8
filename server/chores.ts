// What the office does behind the pages, written down. Each chore is loaded when the office opens, which is
// in one process of an installation: those that answer pages never load it.
import { deliver } from './mail/delivery.ts';
import type { Chore } from './mail/office.ts';
import { tenantsWithMail } from './mail/waiting.ts';

export const chores: readonly Chore[] = [
  { name: 'mail', waiting: tenantsWithMail, run: deliver, workers: 4 },
];
