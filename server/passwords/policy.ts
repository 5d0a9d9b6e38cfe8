// What a new password must be. Length and guessability count; there are no rules about kinds of
// characters, and nothing is trimmed or changed (ASVS 6.2.5, 6.2.8).
import { Refusal } from '../kernel/refusal.ts';
import { isTooLong, lengthOf, tooLong } from './hashing.ts';
import { estimateStrength, type Strength } from './strength.ts';

/** What a tenant decides. */
export interface PasswordPolicy {
  /** In code points after NFKC; anything under MIN_LENGTH_FLOOR counts as that. */
  minLength: number;
}

export const DEFAULT_MIN_LENGTH = 12;

/** The least that a tenant may ask for (ASVS 6.2.1, NIST SP 800-63B-4 §3.1.1.2). */
export const MIN_LENGTH_FLOOR = 8;

/** Only characters that leave no mark: spaces, and those that Unicode says to ignore. */
const BLANK = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Controls and half surrogate pairs: no keyboard types them (RFC 8265 §4.2 leaves them out too). */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * Refuses a new password that will not do; says nothing about one that will. `words` are the
 * person's and the co-operative's own (ASVS 6.2.11), `field` the form field to blame.
 * Refusals: `password_unusable`, `password_too_long`, `password_blank`, `password_too_short`,
 * `password_own_words`, `password_common`, `password_weak`; `too_busy` when too many are checked.
 */
export async function checkPolicy(
  password: string,
  policy: PasswordPolicy,
  words: string[],
  field?: string,
): Promise<void> {
  const refusal =
    refuseForm(password, policy, field) ??
    refuseGuessable(await estimateStrength(password, words), field);
  if (refusal) throw refusal;
}

function refuseForm(password: string, policy: PasswordPolicy, field?: string): Refusal | null {
  if (UNUSABLE.test(password)) return new Refusal('password_unusable', { field });
  if (isTooLong(password)) return tooLong(field);
  if (BLANK.test(password)) return new Refusal('password_blank', { field });
  const minLength = Math.max(policy.minLength, MIN_LENGTH_FLOOR);
  const length = lengthOf(password);
  if (length >= minLength) return null;
  return new Refusal('password_too_short', { values: { minLength, length }, field });
}

function refuseGuessable({ score, common, ofOwnWords }: Strength, field?: string): Refusal | null {
  if (ofOwnWords) return new Refusal('password_own_words', { field });
  if (common) return new Refusal('password_common', { field });
  return score === 0 ? new Refusal('password_weak', { field }) : null;
}
