// What res.company does beyond the generic verbs: it is made of a partner, and its people are accounts.
import { mustManage } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import { insertRecords, updateRecords, type Values } from '../models/change.ts';
import { readCommands } from '../models/commands.ts';
import type { Act, Asker } from '../models/define.ts';
import { checkRows } from '../models/read.ts';
import { mustUse } from '../models/rights.ts';
import { changePartners } from '../partners/partner.acts.ts';
import { syncCompanies } from '../users/companies.ts';
import { mustLetGo } from '../users/holders.ts';
import * as store from './company.store.ts';

/** The people that the commands add or take away. */
function touched(value: unknown, before: readonly number[]): number[] {
  if (value === undefined) return [];
  const ids = readCommands(value).flatMap((command) => {
    if (command.do === 'replace') {
      const gone = before.filter((id) => !command.ids.includes(id));
      return [...gone, ...command.ids.filter((id) => !before.includes(id))];
    }
    return command.do === 'link' || command.do === 'unlink' ? [command.id] : [];
  });
  return [...new Set(ids)];
}

/**
 * Throws Refusal `company_not_yours` (403) when somebody would work in a company that is not theirs.
 * After a change.
 */
async function settlePeople(asker: Asker, userIds: readonly number[]): Promise<void> {
  if (userIds.length === 0) return;
  if (await store.hasStrayPeople(asker, userIds))
    throw new Refusal('company_not_yours', { status: 403, field: 'user_ids' });
  await syncCompanies(asker, userIds);
}

/** The partner a company is given must not be somebody whom the asker could not change. */
async function checkPartner(asker: Asker, values: Values): Promise<void> {
  const { partner_id: id } = values;
  if (typeof id === 'number' && (await store.isPersons(asker, id))) await mustLetGo(asker, [id]);
}

/** Throws beside the registry's refusals `person_above` (403), `company_not_yours` (403), `partner_has_user` (409). */
export const companyActs: Readonly<Record<string, Act>> = {
  create: {
    run: async ({ asker, model, named }) => {
      mustUse(asker, model, 'create');
      const ids: number[] = [];
      for (const values of named.vals_list as Values[]) {
        const people = touched(values.user_ids, []);
        await mustManage(asker, people);
        await checkPartner(asker, values);
        await changePartners(asker, [], values, async (checked) => {
          ids.push(...(await insertRecords(asker, model, [checked])));
        });
        await settlePeople(asker, people);
      }
      return ids;
    },
  },
  write: {
    ids: true,
    run: async ({ asker, model, ids, named }) => {
      const values = named.vals as Values;
      mustUse(asker, model, 'write');
      await checkRows(asker, model, ids, 'write');
      const people = touched(values.user_ids, await store.peopleOf(asker, ids));
      await mustManage(asker, people);
      await checkPartner(asker, values);
      const partners = await store.partnersOf(asker, ids);
      await changePartners(asker, partners, values, (checked) =>
        updateRecords(asker, model, ids, checked),
      );
      await settlePeople(asker, people);
      return true;
    },
  },
};
