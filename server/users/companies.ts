// Whoever works in more than one company belongs to the group that shows companies, as in Odoo.
import { findGroupIfAny } from '../access/groups.ts';
import { MULTI_COMPANY } from '../access/names.ts';
import { changeGroups } from '../access/memberships.ts';
import { asSystem } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import * as store from './accounts.store.ts';

/** Puts these users into the group of several companies, or takes them out, as their companies say. */
export async function syncCompanies(asker: Asker, ids: readonly number[]): Promise<void> {
  const group = await findGroupIfAny(asker, MULTI_COMPANY);
  if (group === undefined) return;
  const powerful = asSystem(asker, 'companies of a person');
  for (const { id, companyIds } of await store.accountsOf(asker, ids))
    await changeGroups(
      powerful,
      [id],
      [{ do: companyIds.length > 1 ? 'link' : 'unlink', id: group }],
    );
}
