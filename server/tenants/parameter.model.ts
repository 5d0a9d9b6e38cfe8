// ir.config_parameter: what clients and integrations keep by a key. Two keys mirror the tenant's own
// settings, which are changed in the general settings only.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { SETTINGS } from '../store/caller.ts';
import { mirrored, parameterActs } from './parameter.acts.ts';

export const parameter = defineModel({
  name: 'ir.config_parameter',
  source: (asker) => sql`(
    select id, key, value from parameters where tenant = ${asker.tenant.id}
    union all select id, key, value
    from jsonb_to_recordset(${JSON.stringify(mirrored(asker.tenant))}::jsonb)
      as m (id integer, key text, value text))`,
  label: 'key',
  order: 'key',
  fields: {
    key: { kind: 'char', required: true, size: 500, acted: true },
    value: { kind: 'text', required: true, acted: true },
  },
  acts: parameterActs,
  rights: { [SETTINGS]: 'rwcu' },
  list: ['key', 'value'],
});
