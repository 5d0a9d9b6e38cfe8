// ir.module.category: applications that groups are sorted by, in an order of their own.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { ACCESS_RIGHTS, SETTINGS } from '../store/caller.ts';

export const groupCategory = defineModel({
  name: 'ir.module.category',
  table: 'group_categories',
  order: 'sequence, name, id',
  fields: {
    name: { kind: 'char', translated: true, required: true, size: 200 },
    description: { kind: 'text', translated: true },
    parent_id: { kind: 'many2one', to: 'ir.module.category', onDelete: 'set null' },
    child_ids: { kind: 'one2many', to: 'ir.module.category', by: 'parent_id' },
    sequence: { kind: 'integer', default: 10 },
    visible: { kind: 'boolean', default: true },
    exclusive: { kind: 'boolean', default: false },
    xml_id: { kind: 'char', sql: (row) => sql`${row.column('external_id')}` },
  },
  rights: { [ACCESS_RIGHTS]: 'r', [SETTINGS]: 'rwcu' },
  list: ['name', 'parent_id', 'sequence', 'visible', 'exclusive'],
});
