// res.groups: what rights are given to. Implied groups are written out in the memberships.
import { sql } from 'kysely';
import { defineModel, type Row } from '../models/define.ts';
import { inLanguageOf } from '../models/translated.ts';
import { ACCESS_RIGHTS, SETTINGS } from '../store/caller.ts';
import { groupActs } from './group.acts.ts';

/** "Category / Name", as people tell groups apart. */
const fullName = (row: Row) => sql`concat_ws(' / ',
  (select ${inLanguageOf(row.asker, sql.ref('gc.name'))} from group_categories gc
    where gc.tenant = ${row.column('tenant')} and gc.id = ${row.column('category_id')}),
  ${inLanguageOf(row.asker, row.column('name'))})`;

export const group = defineModel({
  name: 'res.groups',
  table: 'groups',
  label: 'full_name',
  order: 'category_id, name, id',
  fields: {
    name: { kind: 'char', translated: true, required: true, size: 200 },
    full_name: { kind: 'char', sql: fullName },
    category_id: { kind: 'many2one', to: 'ir.module.category', onDelete: 'restrict' },
    comment: { kind: 'text', translated: true },
    share: { kind: 'boolean', default: false },
    api_key_duration: { kind: 'float', column: 'key_days' },
    implied_ids: {
      kind: 'many2many',
      to: 'res.groups',
      pairs: { table: 'group_implications', own: 'group_id', other: 'implied_id' },
    },
    trans_implied_ids: {
      kind: 'many2many',
      to: 'res.groups',
      ids: (row) => sql`(with recursive reached as (
        select i.implied_id from group_implications i
          where i.tenant = ${row.column('tenant')} and i.group_id = ${row.column('id')}
        union select i.implied_id from reached r join group_implications i
          on i.tenant = ${row.column('tenant')} and i.group_id = r.implied_id)
        select implied_id from reached)`,
    },
    users: {
      kind: 'many2many',
      to: 'res.users',
      pairs: { table: 'group_users', own: 'group_id', other: 'user_id' },
      copied: false,
    },
    model_access: { kind: 'one2many', to: 'ir.model.access', by: 'group_id' },
    rule_groups: {
      kind: 'many2many',
      to: 'ir.rule',
      pairs: { table: 'record_rule_groups', own: 'group_id', other: 'rule_id' },
      copied: false,
    },
  },
  acts: groupActs,
  rights: { [ACCESS_RIGHTS]: 'r', [SETTINGS]: 'rwcu' },
  list: ['full_name', 'share'],
  form: [
    { fields: ['name', 'category_id', 'share', 'api_key_duration'] },
    { tab: 'users', fields: ['users'] },
    { tab: 'inherited', fields: ['implied_ids', 'trans_implied_ids'] },
    { tab: 'accesses', fields: ['model_access'] },
    { tab: 'rules', fields: ['rule_groups'] },
    { tab: 'notes', fields: ['comment'] },
  ],
});
