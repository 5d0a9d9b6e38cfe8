// ir.model.access: what a group may do with a model as a whole. Any right that is given is enough.
import { defineModel } from '../models/define.ts';
import { ACCESS_RIGHTS, SETTINGS } from '../store/caller.ts';
import { accessActs } from './right.acts.ts';

export const access = defineModel({
  name: 'ir.model.access',
  table: 'model_access',
  order: 'model_id, group_id, name, id',
  fields: {
    name: { kind: 'char', required: true, size: 200 },
    model_id: { kind: 'many2one', to: 'ir.model', required: true, onDelete: 'cascade' },
    group_id: { kind: 'many2one', to: 'res.groups', onDelete: 'cascade' },
    active: { kind: 'boolean', default: true },
    perm_read: { kind: 'boolean', default: false },
    perm_write: { kind: 'boolean', default: false },
    perm_create: { kind: 'boolean', default: false },
    perm_unlink: { kind: 'boolean', default: false },
  },
  acts: accessActs,
  rights: { [ACCESS_RIGHTS]: 'r', [SETTINGS]: 'rwcu' },
  list: ['name', 'model_id', 'group_id', 'perm_read', 'perm_write', 'perm_create', 'perm_unlink'],
});
