// Removing keys the way Odoo's clients do: records by number, in a session.
import { Refusal } from '../kernel/refusal.ts';
import { hasFreshProof } from '../sign-in/sessions.ts';
import { belongsTo, SETTINGS, type Member } from '../store/caller.ts';
import * as store from './administer.store.ts';

/**
 * Revokes these keys: one's own, or anybody's for Settings administrators. Throws Refusal
 * `proof_needed` (403) unless the password was given in this session within the last ten minutes (so
 * never with a key: a stolen one cannot put out the others), `key_unknown` (404) when any is not theirs.
 */
export async function removeKeys(caller: Member, ids: readonly number[]): Promise<void> {
  if (!hasFreshProof(caller)) throw new Refusal('proof_needed', { status: 403, field: 'proof' });
  const chosen = new Set(ids);
  const all = belongsTo(caller, SETTINGS);
  // The call is one transaction: a refusal leaves all of them alive.
  if ((await store.revoke(caller, [...chosen], all)) !== chosen.size)
    throw new Refusal('key_unknown', { status: 404 });
}
