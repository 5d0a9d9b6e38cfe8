// Who asks the registry: a member with a context, and the words that ask for full powers.
import { Refusal } from '../kernel/refusal.ts';
import { inTransaction, type Caller, type Member } from '../store/caller.ts';
import type { Asker, Context } from './define.ts';

function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || name === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** The member as an asker. The context's language and time zone speak for this call only. */
export function askerOf(member: Member, context: Context = {}): Asker {
  const { lang, tz } = context;
  return {
    ...member,
    language: typeof lang === 'string' && lang ? lang : member.language,
    timeZone: isTimeZone(tz) ? tz : member.timeZone,
    context,
  };
}

/** Who took full powers, where and why. */
export interface FullPowers {
  tenant: string;
  user: number;
  reason: string;
}

let tell: ((taken: FullPowers) => void) | undefined;

/** Hands every taking of full powers to `listener`, for the log. */
export function watchFullPowers(listener: (taken: FullPowers) => void): void {
  tell = listener;
}

/** The asker with full powers inside their own tenant: rights and rules are passed over, for this reason. */
export function asSystem(asker: Asker, reason: string): Asker {
  tell?.({ tenant: asker.tenant.name, user: asker.person.id, reason });
  return { ...asker, system: reason };
}

/** The asker who sees archived records too. */
export function withArchived(asker: Asker): Asker {
  return { ...asker, context: { ...asker.context, active_test: false } };
}

/** The companies the asker works in now: those of the context, which must be theirs, else all of theirs. */
export function companiesOf({ person, context }: Asker): readonly number[] {
  const wished = context.allowed_company_ids;
  if (!Array.isArray(wished) || wished.length === 0) return person.companyIds;
  if (wished.every((id) => person.companyIds.includes(id))) return wished;
  throw new Refusal('company_not_yours', { status: 403 });
}

/** Runs `work` in one transaction as this asker. */
export function inOne<T>(asker: Asker, work: (asker: Asker) => Promise<T>): Promise<T> {
  return inTransaction<Asker, T>(asker, work);
}

/** Codes to read a translated value in, best first: `fr_BE`, `fr_FR`, `en_US`. */
export function readingOrder({ language }: Pick<Caller, 'language'>): string[] {
  const base = language.split('_')[0]!;
  const main = { en: 'en_US', fr: 'fr_FR', nl: 'nl_NL', de: 'de_DE' }[base];
  return [...new Set([language, ...(main ? [main] : []), 'en_US'])];
}
