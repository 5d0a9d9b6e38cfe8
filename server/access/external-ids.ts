// What record an external id means.
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import type { Handed } from '../models/define.ts';
import { checkRows, searchRead } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { mustUse } from '../models/rights.ts';

/**
 * Model and number of the record, as Odoo's `check_object_reference`; the number is false for a record
 * that the asker may not read, unless `raise_on_access_error` asks for the refusal itself.
 * Throws Refusal `external_id_unknown` (404).
 */
export async function checkReference({ asker, model, named }: Handed): Promise<[string, unknown]> {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const [module, name] = [text(named.module), text(named.xml_id)];
  const domain = [
    ['module', '=', module],
    ['name', '=', name],
  ];
  const [found] = await searchRead(asker, model, { domain, fields: ['model', 'res_id'] });
  if (!found)
    throw new Refusal('external_id_unknown', {
      status: 404,
      values: { name: `${module}.${name}` },
    });
  const target = findModel(String(found.model));
  const id = Number(found.res_id);
  try {
    mustUse(asker, target, 'read');
    await checkRows(asker, target, [id], 'read');
  } catch (error) {
    if (named.raise_on_access_error === true || !isRefusal(error)) throw error;
    return [target.name, false];
  }
  return [target.name, id];
}
