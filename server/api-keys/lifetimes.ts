// How long a key may live, by role (Odoo's choices; its longest stay by group).
import { dayIn, daysAfter, isDay } from '../kernel/day.ts';
import { Refusal } from '../kernel/refusal.ts';
import { INTERNAL, PORTAL, SETTINGS, type Member } from '../store/caller.ts';

/** Days on offer; a date or, where allowed, no end stand beside them. */
const CHOICES = [1, 7, 30, 90, 180, 365];

/** The longest life in days where a group sets none of its own. */
const PRESETS: Readonly<Record<string, number>> = { [INTERNAL]: 90, [PORTAL]: 90, [SETTINGS]: 365 };

/** What a person may choose from. */
export interface Lifetimes {
  /** Lives on offer, in days. */
  days: number[];
  /** The longest, in days; the last day a date may name. */
  longest: number;
  latest: string;
  /** Whether a key without an end may be made. */
  endless: boolean;
}

/** What the form sends: a number of days, `0` for no end, or `date` with `until`. */
export interface LifeWish {
  lasts: string;
  until: string;
}

/** When a key ends: at a moment, or at the end of a day where its owner lives; null never. */
export type Ending = { at: Date } | { endOf: string } | null;

/**
 * The lives on offer to a person of these groups (external id and the group's own longest, 0 for the
 * preset). The most generous group counts; nobody gets less than a day.
 */
export function lifetimesOf(
  caller: Member,
  groups: readonly { externalId: string; days: number }[],
  endless: boolean,
): Lifetimes {
  const longest = Math.max(1, ...groups.map((g) => g.days || (PRESETS[g.externalId] ?? 0)));
  return {
    days: CHOICES.filter((days) => days <= longest),
    longest,
    latest: daysAfter(dayIn(caller.timeZone, caller.now()), Math.min(longest, 3_650)),
    endless,
  };
}

function endOfDay(caller: Member, until: string, { latest, longest }: Lifetimes): Ending {
  if (!isDay(until)) throw new Refusal('date_invalid', { field: 'until' });
  if (until < dayIn(caller.timeZone, caller.now()))
    throw new Refusal('date_past', { field: 'until' });
  if (until > latest)
    throw new Refusal('key_lives_too_long', { field: 'until', values: { days: longest } });
  return { endOf: until };
}

/**
 * When a key of this wish ends. Throws Refusal `choice_invalid`, `date_invalid`, `date_past`,
 * `key_lives_too_long` (with the `days` allowed) or `key_endless` (no end is not allowed here).
 */
export function readEnding(caller: Member, wish: LifeWish, lifetimes: Lifetimes): Ending {
  if (wish.lasts === 'date') return endOfDay(caller, wish.until, lifetimes);
  if (!/^\d{1,4}$/.test(wish.lasts)) throw new Refusal('choice_invalid', { field: 'lasts' });
  const days = Number(wish.lasts);
  if (days === 0 && lifetimes.endless) return null;
  if (days === 0) throw new Refusal('key_endless', { field: 'lasts' });
  if (days > lifetimes.longest)
    throw new Refusal('key_lives_too_long', {
      field: 'lasts',
      values: { days: lifetimes.longest },
    });
  return { at: new Date(caller.now().getTime() + days * 86_400_000) };
}
