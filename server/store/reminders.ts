// Whom a credential stood for at its last call, and what the database said of them then. Nobody is
// let in by it: with each call the database is asked anew, and only when it says the very same is what was
// read beside the question of use.
import type { Person, Tenant } from './caller.ts';
import { rowsOf, type Answer, type Step } from './errand.ts';

/** Who speaks, in which tenant. */
export interface Speaker {
  tenant: Tenant;
  person: Person;
  language: string | null;
  timeZone: string | null;
}

/** A credential that was shown: what is kept of it, and how to ask the database who it stands for. */
export interface Asked {
  /** What its reminder is kept under; it holds no secret. */
  name: string;
  question(tenantId: number): Step;
}

/** A speaker as last recognised. */
export interface Reminder {
  readonly speaker: Speaker;
  /** The row they were recognised by, as JSON. */
  readonly row: string;
  /** The same as PostgreSQL writes it, once it was seen. */
  raw?: readonly (string | null)[];
  /** Until when it may be asked ahead, in milliseconds; a session is then noted as seen. */
  readonly until: number;
}

/** How many are kept; the one used longest ago goes first. */
const KEPT = 5_000;
const kept = new Map<string, Reminder>();

/** Keeps whom the credential called `name` stands for; `name` holds no secret. */
export function remember(name: string, speaker: Speaker, row: object, until = Infinity): void {
  kept.delete(name);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(name, { speaker, row: JSON.stringify(row), until });
}

/** What is kept under the name; undefined when there is nothing, or it is time to look properly. */
export function recall(name: string, now: Date): Reminder | undefined {
  const reminder = kept.get(name);
  if (!reminder || reminder.until < now.getTime()) return undefined;
  kept.delete(name);
  kept.set(name, reminder);
  return reminder;
}

/** Whether the database says the very same of them as it did then. */
export function stillHolds(reminder: Reminder, answer: Answer): boolean {
  const [raw, ...more] = answer.raw;
  if (!raw || more.length > 0) return false;
  if (reminder.raw) return raw.every((text, i) => text === reminder.raw![i]);
  const same = JSON.stringify(rowsOf<object>(answer)[0]) === reminder.row;
  if (same) reminder.raw = raw;
  return same;
}
