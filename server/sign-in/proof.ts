// Acts that matter ask for the password again (ASVS 7.5.1).
import type { SecretKey } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Caller } from '../store/caller.ts';
import { prove } from './password.ts';
import { hasFreshProof } from './sessions.ts';

/**
 * Passes when the caller gave their password within the last ten minutes, or gives it now.
 * Throws Refusal `proof_needed` (403) without one, `password_wrong` (403) and `too_many_tries`
 * (429), about the field `proof`.
 */
export async function demandProof(
  caller: Caller,
  secret: SecretKey,
  password: string | undefined,
): Promise<void> {
  if (hasFreshProof(caller)) return;
  if (!password) throw new Refusal('proof_needed', { status: 403, field: 'proof' });
  await prove(caller, secret, password, 'proof');
}
