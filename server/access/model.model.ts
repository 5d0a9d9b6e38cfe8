// ir.model: the declared models themselves, under the numbers that rights and rules name them by.
import { sql } from 'kysely';
import { defineModel, type Asker } from '../models/define.ts';
import { modelLabel } from '../models/describe.ts';
import { declaredModels } from '../models/registry.ts';
import { ACCESS_RIGHTS } from '../store/caller.ts';

function rows({ language }: Asker) {
  return declaredModels().map((model) => ({
    id: model.id,
    model: model.name,
    name: modelLabel(language, model),
    order: model.order ?? 'id',
    state: 'base',
    transient: false,
    modules: 'base',
  }));
}

export const modelModel = defineModel({
  name: 'ir.model',
  source: (asker) => sql`(select * from jsonb_to_recordset(${JSON.stringify(rows(asker))}::jsonb)
    as m (id integer, model text, name text, "order" text, state text, transient boolean,
      modules text))`,
  searched: ['name', 'model'],
  order: 'model',
  fields: {
    name: { kind: 'char', required: true, readonly: true },
    model: { kind: 'char', required: true, readonly: true },
    state: { kind: 'selection', options: ['base', 'manual'], readonly: true },
    info: { kind: 'text', sql: () => sql`null::text` },
    transient: { kind: 'boolean', readonly: true },
    order: { kind: 'char', readonly: true },
    modules: { kind: 'char', readonly: true },
    field_id: { kind: 'one2many', to: 'ir.model.fields', by: 'model_id' },
    access_ids: { kind: 'one2many', to: 'ir.model.access', by: 'model_id' },
    rule_ids: { kind: 'one2many', to: 'ir.rule', by: 'model_id' },
  },
  rights: { [ACCESS_RIGHTS]: 'r' },
  list: ['name', 'model'],
  form: [
    { fields: ['name', 'model', 'order'] },
    { tab: 'fields', fields: ['field_id'] },
    { tab: 'accesses', fields: ['access_ids'] },
    { tab: 'rules', fields: ['rule_ids'] },
  ],
});
