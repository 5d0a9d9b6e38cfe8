// What res.partner does beyond the generic verbs: values are checked as the pages check them, and what
// is done to the partner of an account is done to that person.
import { deleteRecords, insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act, Asker } from '../models/define.ts';
import { checkRows } from '../models/read.ts';
import { mustUse } from '../models/rights.ts';
import {
  addressesOf,
  mustLetGo,
  mustReaddress,
  setAsideOwn,
  tellReaddressed,
} from '../users/holders.ts';
import { checkPartnerValues, keepPicture } from './partner.values.ts';

function withoutPicture(values: Values): Values {
  const { image_1920: _picture, ...plain } = values;
  return plain;
}

/**
 * Stores other values of partners through `store`, and asks what must be asked about those with an
 * account. Also for models that are made of a partner. Throws Refusal `person_above` (403),
 * `not_allowed` (403), `partner_has_user` (409), and the refusals of `checkPartnerValues` and `keepPicture`.
 */
export async function changePartners(
  asker: Asker,
  partnerIds: readonly number[],
  values: Values,
  store: (checked: Values) => Promise<void>,
): Promise<void> {
  const readdressed = 'email' in values;
  if (readdressed) await mustReaddress(asker, partnerIds);
  const before = readdressed ? await addressesOf(asker, partnerIds) : [];
  const checked = withoutPicture(await checkPartnerValues(asker, values));
  await store(await setAsideOwn(asker, partnerIds, checked));
  if ('image_1920' in values) await keepPicture(asker, partnerIds, values.image_1920);
  await tellReaddressed(asker, before);
}

export const partnerActs: Readonly<Record<string, Act>> = {
  create: {
    run: async ({ asker, model, named }) => {
      mustUse(asker, model, 'create');
      const ids: number[] = [];
      for (const values of named.vals_list as Values[]) {
        const plain = withoutPicture(await checkPartnerValues(asker, values));
        const [id] = await insertRecords(asker, model, [plain]);
        if (values.image_1920) await keepPicture(asker, [id!], values.image_1920);
        ids.push(id!);
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
      if ('active' in values && !values.active) await mustLetGo(asker, ids);
      await changePartners(asker, ids, values, (checked) =>
        updateRecords(asker, model, ids, checked),
      );
      return true;
    },
  },
  unlink: {
    ids: true,
    run: async ({ asker, model, ids }) => {
      mustUse(asker, model, 'unlink');
      await checkRows(asker, model, ids, 'unlink');
      await mustLetGo(asker, ids);
      await deleteRecords(asker, model, ids);
      return true;
    },
  },
};
