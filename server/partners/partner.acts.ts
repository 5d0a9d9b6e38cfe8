// What is kept of a partner elsewhere than in its row: the picture, and whether a user lives by it.
import { Refusal } from '../kernel/refusal.ts';
import { insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act, Asker } from '../models/define.ts';
import { removePictureOf, savePictureOf } from '../preferences/picture.ts';
import * as store from './partner.store.ts';

/** Parts what goes into the row from the picture; `company_type` is another word for `is_company`. */
function parted({ image_1920: picture, company_type: type, ...values }: Values) {
  if (type !== undefined && values.is_company === undefined) values.is_company = type === 'company';
  return { values, picture };
}

/**
 * Makes base64 text the picture of these partners, or takes it away where it is empty; undefined leaves
 * it. Throws Refusal `value_invalid` (422) and the refusals of `savePicture`.
 */
export async function writePicture(
  asker: Asker,
  partnerIds: readonly number[],
  picture: unknown,
): Promise<void> {
  if (picture === undefined) return;
  const away = picture === false || picture === null || picture === '';
  if (!away && (typeof picture !== 'string' || !/^[A-Za-z0-9+/=\s]*$/.test(picture)))
    throw new Refusal('value_invalid', {
      ...{ status: 422, field: 'image_1920' },
      values: { model: 'res.partner', field: 'image_1920', value: '' },
    });
  for (const id of partnerIds)
    await (away
      ? removePictureOf(asker, id)
      : savePictureOf(asker, id, Buffer.from(picture as string, 'base64')));
}

export const partnerActs: Readonly<Record<string, Act>> = {
  create: {
    run: async ({ asker, model, named }) => {
      const list = (named.vals_list as Values[]).map(parted);
      const ids = await insertRecords(
        asker,
        model,
        list.map(({ values }) => values),
      );
      for (const [i, { picture }] of list.entries()) await writePicture(asker, [ids[i]!], picture);
      return ids;
    },
  },
  write: {
    ids: true,
    run: async ({ asker, model, ids, named }) => {
      const { values, picture } = parted(named.vals as Values);
      await updateRecords(asker, model, ids, values);
      if (values.active === false && (await store.haveUsers(asker, ids)))
        throw new Refusal('partner_has_user', { status: 409, field: 'active' });
      await writePicture(asker, ids, picture);
      return true;
    },
  },
};
