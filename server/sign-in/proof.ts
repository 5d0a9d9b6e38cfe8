// Acts that matter ask for the password again (ASVS 7.5.1).
import type { SecretKey } from '../kernel/secrets.ts';
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import type { Caller } from '../store/caller.ts';
import { prove } from './password.ts';
import { hasFreshProof } from './sessions.ts';

/**
 * Passes when the caller gave their password within the last ten minutes, or gives it now.
 * Throws Refusal `proof_needed` (403) without one, `password_wrong` (403), `too_many_tries` (429) and
 * `too_busy` (503), all about the field `proof`: what could not be proven now is asked for again.
 */
export async function demandProof(
  caller: Caller,
  secret: SecretKey,
  password: string | undefined,
): Promise<void> {
  if (hasFreshProof(caller)) return;
  if (!password) throw new Refusal('proof_needed', { status: 403, field: 'proof' });
  try {
    await prove(caller, secret, password, 'proof');
  } catch (caught) {
    if (!isRefusal(caught) || caught.field !== undefined) throw caught;
    const { code, status, values, detail } = caught;
    throw new Refusal(code, { status, values, detail, field: 'proof' });
  }
}
