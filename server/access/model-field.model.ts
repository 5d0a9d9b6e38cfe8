// ir.model.fields: the fields of the declared models.
import { sql } from 'kysely';
import { defineModel, type Asker, type Model, type ModelField } from '../models/define.ts';
import { fieldLabel } from '../models/describe.ts';
import { declaredModels } from '../models/registry.ts';
import { ACCESS_RIGHTS } from '../store/caller.ts';

function row(language: string, model: Model, field: ModelField) {
  return {
    id: field.id,
    model_id: model.id,
    model: model.name,
    name: field.name,
    field_description: fieldLabel(language, model, field),
    ttype: field.kind,
    relation: 'to' in field ? field.to : null,
    relation_field: field.kind === 'one2many' ? field.by : null,
    required: field.required ?? false,
    readonly: field.readonly ?? field.sql !== undefined,
    stored: field.stored,
    indexed: 'folded' in field && field.folded !== undefined,
    state: 'base',
    translated: 'translated' in field && field.translated === true,
    copied: field.copied ?? field.stored,
    related: field.delegated ? `${model.delegates!.field}.${field.name}` : null,
    on_delete: field.kind === 'many2one' ? (field.onDelete ?? null) : null,
    group_names: field.groups ?? [],
  };
}

function rows({ language }: Asker) {
  return declaredModels().flatMap((model) =>
    [...model.all.values()].map((field) => row(language, model, field)),
  );
}

const kinds = [
  ...['boolean', 'integer', 'float', 'date', 'datetime', 'html', 'binary', 'char', 'text'],
  ...['selection', 'many2one', 'one2many', 'many2many'],
];

export const modelField = defineModel({
  name: 'ir.model.fields',
  source: (
    asker,
  ) => sql`(select * from jsonb_to_recordset(${JSON.stringify(rows(asker))}::jsonb) as f
    (id integer, model_id integer, model text, name text, field_description text, ttype text,
      relation text, relation_field text, required boolean, readonly boolean, stored boolean, indexed boolean, state text,
      translated boolean, copied boolean, related text, on_delete text, group_names jsonb))`,
  label: 'field_description',
  searched: ['field_description', 'name'],
  order: 'model, name',
  fields: {
    name: { kind: 'char', required: true, readonly: true },
    field_description: { kind: 'char', required: true, readonly: true },
    model: { kind: 'char', required: true, readonly: true },
    model_id: { kind: 'many2one', to: 'ir.model', required: true, readonly: true },
    ttype: { kind: 'selection', options: kinds, required: true, readonly: true },
    relation: { kind: 'char', readonly: true },
    relation_field: { kind: 'char', readonly: true },
    required: { kind: 'boolean', readonly: true },
    readonly: { kind: 'boolean', readonly: true },
    store: { kind: 'boolean', column: 'stored', readonly: true },
    index: { kind: 'boolean', column: 'indexed', readonly: true },
    translate: { kind: 'boolean', column: 'translated', readonly: true },
    copied: { kind: 'boolean', readonly: true },
    state: { kind: 'selection', options: ['base', 'manual'], readonly: true },
    related: { kind: 'char', readonly: true },
    on_delete: {
      kind: 'selection',
      options: ['cascade', 'set null', 'restrict'],
      readonly: true,
    },
    groups: {
      kind: 'many2many',
      to: 'res.groups',
      ids: (row) => sql`(select g.id from groups g where g.tenant = ${row.asker.tenant.id}
        and ${row.column('group_names')} ? g.external_id)`,
    },
  },
  rights: { [ACCESS_RIGHTS]: 'r' },
  list: ['field_description', 'name', 'model_id', 'ttype', 'required', 'readonly'],
});
