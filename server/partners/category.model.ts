// res.partner.category: labels that partners are sorted by, one below the other.
import { PARTNER_MANAGER } from '../access/names.ts';
import { defineModel } from '../models/define.ts';
import { INTERNAL } from '../store/caller.ts';

export const partnerCategory = defineModel({
  name: 'res.partner.category',
  table: 'partner_categories',
  order: 'name, id',
  fields: {
    name: { kind: 'char', translated: true, required: true, size: 200 },
    parent_id: { kind: 'many2one', to: 'res.partner.category', onDelete: 'cascade' },
    child_ids: { kind: 'one2many', to: 'res.partner.category', by: 'parent_id' },
    color: { kind: 'integer' },
    active: { kind: 'boolean', default: true },
    partner_ids: {
      kind: 'many2many',
      to: 'res.partner',
      pairs: { table: 'partner_category_partners', own: 'category_id', other: 'partner_id' },
      copied: false,
    },
  },
  rights: { [INTERNAL]: 'r', [PARTNER_MANAGER]: 'rwcu' },
  list: ['name', 'parent_id'],
  form: [{ fields: ['name', 'parent_id', 'color', 'active'] }],
});
