// ir.model.data: the names that records go by outside, `base.group_user`. Read only: what has such a name
// has it from the start.
import { sql } from 'kysely';
import { known } from '../languages/known.ts';
import { defineModel } from '../models/define.ts';
import { INTERNAL } from '../store/caller.ts';
import { checkReference } from './external-ids.ts';

const languages = known.map(({ id, code }) => ({ id, code }));

// A number of its own for each, from the record's number and one of eight kinds.
export const externalId = defineModel({
  name: 'ir.model.data',
  source: ({ tenant }) => sql`(
    select id * 8 as id, split_part(external_id, '.', 1) as module,
      substr(external_id, strpos(external_id, '.') + 1) as name, 'res.groups' as model, id as res_id
      from groups where tenant = ${tenant.id}
    union all select id * 8 + 1, split_part(external_id, '.', 1),
      substr(external_id, strpos(external_id, '.') + 1), 'ir.module.category', id
      from group_categories where tenant = ${tenant.id}
    union all (select id * 8 + 2, 'base', 'main_company', 'res.company', id
      from companies where tenant = ${tenant.id} order by id limit 1)
    union all (select partner_id * 8 + 3, 'base', 'main_partner', 'res.partner', partner_id
      from companies where tenant = ${tenant.id} order by id limit 1)
    union all (select id * 8 + 4, 'base', 'user_admin', 'res.users', id
      from users where tenant = ${tenant.id} order by id limit 1)
    union all select id * 8 + 5, 'base', 'lang_' || code, 'res.lang', id
      from jsonb_to_recordset(${JSON.stringify(languages)}::jsonb) as l (id integer, code text)
    union all select id * 8 + 6, 'base', lower(case code when 'GB' then 'UK' else code end),
      'res.country', id from countries
    union all select id * 8 + 7, 'base', code, 'res.currency', id from currencies)`,
  label: 'complete_name',
  searched: ['module', 'name'],
  order: 'module, model, name',
  fields: {
    module: { kind: 'char', required: true, readonly: true },
    name: { kind: 'char', required: true, readonly: true },
    complete_name: {
      kind: 'char',
      sql: (row) => sql`${row.column('module')} || '.' || ${row.column('name')}`,
    },
    model: { kind: 'char', required: true, readonly: true },
    res_id: { kind: 'integer', readonly: true },
    noupdate: { kind: 'boolean', sql: (row) => sql`${row.column('id')} is not null` },
  },
  acts: {
    check_object_reference: {
      params: ['module', 'xml_id', 'raise_on_access_error?'],
      reads: true,
      run: checkReference,
    },
  },
  rights: { [INTERNAL]: 'r' },
  list: ['complete_name', 'model', 'res_id'],
});
