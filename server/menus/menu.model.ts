// ir.ui.menu: the applications and menus that the asker may open.
import { sql } from 'kysely';
import { defineModel, type Asker } from '../models/define.ts';
import { loadMenus, menusFor } from './menus.ts';

export const menu = defineModel({
  name: 'ir.ui.menu',
  source: (
    asker: Asker,
  ) => sql`(select * from jsonb_to_recordset(${JSON.stringify(menusFor(asker))}::jsonb)
    as m (id integer, name text, complete_name text, parent_id integer, sequence integer, action text))`,
  label: 'complete_name',
  searched: ['name'],
  order: 'sequence, id',
  fields: {
    name: { kind: 'char', required: true, readonly: true },
    complete_name: { kind: 'char', readonly: true },
    parent_id: { kind: 'many2one', to: 'ir.ui.menu', readonly: true },
    child_id: { kind: 'one2many', to: 'ir.ui.menu', by: 'parent_id' },
    sequence: { kind: 'integer', readonly: true },
    action: { kind: 'char', readonly: true },
  },
  acts: {
    load_menus: {
      params: ['debug?'],
      reads: true,
      run: async ({ asker }) => loadMenus(asker),
    },
  },
  rights: { '*': 'r' },
  list: ['complete_name', 'action'],
});
