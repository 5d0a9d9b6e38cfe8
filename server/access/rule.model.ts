// ir.rule: which records of a model. Rules without a group bind everybody; those of a person's groups
// suffice one by one.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { ACCESS_RIGHTS, SETTINGS } from '../store/caller.ts';
import { ruleActs } from './right.acts.ts';

export const rule = defineModel({
  name: 'ir.rule',
  table: 'record_rules',
  order: 'model_id desc, id',
  fields: {
    name: { kind: 'char', size: 200 },
    model_id: { kind: 'many2one', to: 'ir.model', required: true, onDelete: 'cascade' },
    groups: {
      kind: 'many2many',
      to: 'res.groups',
      pairs: { table: 'record_rule_groups', own: 'rule_id', other: 'group_id' },
    },
    domain_force: { kind: 'text', required: true, default: '[]', size: 10_000 },
    active: { kind: 'boolean', default: true },
    global: {
      kind: 'boolean',
      sql: (row) => sql`not exists (select from record_rule_groups l
        where l.tenant = ${row.column('tenant')} and l.rule_id = ${row.column('id')})`,
    },
    perm_read: { kind: 'boolean', default: true },
    perm_write: { kind: 'boolean', default: true },
    perm_create: { kind: 'boolean', default: true },
    perm_unlink: { kind: 'boolean', default: true },
  },
  acts: ruleActs,
  rights: { [ACCESS_RIGHTS]: 'r', [SETTINGS]: 'rwcu' },
  list: ['name', 'model_id', 'groups', 'perm_read', 'perm_write', 'perm_create', 'perm_unlink'],
});
