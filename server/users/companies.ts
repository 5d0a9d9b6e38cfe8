// Whoever works in more than one company belongs to the group that shows companies, as in Odoo.
import { findGroupIfAny } from '../access/groups.ts';
import { isUnlimited } from '../access/limits.ts';
import { MULTI_COMPANY } from '../access/names.ts';
import { changeGroups } from '../access/memberships.ts';
import { Refusal } from '../kernel/refusal.ts';
import { asSystem } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import * as store from './accounts.store.ts';

/**
 * Nobody gives a company that they do not work in themselves, to others or to themselves; a Settings
 * administrator may. After a change. Throws Refusal `company_not_yours` (403).
 */
function mustBeTheirs(asker: Asker, companyIds: readonly number[]): void {
  if (isUnlimited(asker) || companyIds.every((id) => asker.person.companyIds.includes(id))) return;
  throw new Refusal('company_not_yours', { status: 403, field: 'company_ids' });
}

/** Puts these users into the group of several companies, or takes them out, as their companies say. */
export async function syncCompanies(asker: Asker, ids: readonly number[]): Promise<void> {
  const accounts = await store.accountsOf(asker, ids);
  for (const { companyIds } of accounts) mustBeTheirs(asker, companyIds);
  const group = await findGroupIfAny(asker, MULTI_COMPANY);
  if (group === undefined) return;
  const powerful = asSystem(asker, 'companies of a person');
  for (const { id, companyIds } of accounts)
    await changeGroups(
      powerful,
      [id],
      [{ do: companyIds.length > 1 ? 'link' : 'unlink', id: group }],
    );
}
