// The declared models, completed: standing and delegated fields, stable numbers.
import { Refusal } from '../kernel/refusal.ts';
import type { Field, Model, ModelDeclaration, ModelField } from './define.ts';

const models = new Map<string, Model>();

/** A number that a name always gets: FNV-1a folded to 31 bits, as clients keep ids of models. */
export function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return hash & 0x7fffffff || 1;
}

/** Fields every stored model has; those whose column its table lacks are declared by nobody. */
const standing: Record<string, Field> = {
  create_date: { kind: 'datetime', column: 'created_at', readonly: true, copied: false },
  write_date: { kind: 'datetime', column: 'updated_at', readonly: true, copied: false },
  create_uid: {
    kind: 'many2one',
    to: 'res.users',
    column: 'created_by',
    readonly: true,
    copied: false,
  },
  write_uid: {
    kind: 'many2one',
    to: 'res.users',
    column: 'updated_by',
    readonly: true,
    copied: false,
  },
};

/** Whether every model has a field of this name, kept by the registry itself. */
export function isStanding(name: string): boolean {
  return name === 'id' || name === 'display_name' || Object.hasOwn(standing, name);
}

function isStored(field: Field): boolean {
  return !field.sql && !field.acted && field.kind !== 'one2many' && field.kind !== 'many2many';
}

function complete(declaration: ModelDeclaration, delegate: Model | undefined): Model {
  const all = new Map<string, ModelField>();
  const add = (name: string, field: Field, delegated: boolean) =>
    all.set(name, {
      ...field,
      name,
      id: numberOf(`${declaration.name}.${name}`),
      delegated,
      stored: delegated ? (delegate!.all.get(name)?.stored ?? false) : isStored(field),
    });
  add('id', { kind: 'integer', readonly: true, copied: false }, false);
  const label = declaration.label ?? 'name';
  for (const [name, field] of Object.entries(declaration.fields)) add(name, field, false);
  const audited = declaration.audited ?? (declaration.table !== undefined && !declaration.shared);
  if (audited) for (const [name, field] of Object.entries(standing)) add(name, field, false);
  const inherited = delegate ? [...delegate.all.values()] : [];
  for (const field of inherited) if (!all.has(field.name)) add(field.name, field, true);
  if (!declaration.fields.display_name) {
    const named = all.get(label)!;
    // A name is read as the label is; it lives where the label lives.
    const shown: Field = {
      kind: 'char',
      readonly: true,
      copied: false,
      ...(named.sql ? { sql: named.sql } : { column: named.column ?? named.name }),
      ...('translated' in named && named.translated ? { translated: true } : {}),
      ...('folded' in named && named.folded ? { folded: named.folded } : {}),
    };
    add('display_name', shown, named.delegated);
  }
  return { ...declaration, id: numberOf(declaration.name), label, all };
}

/** Takes the written list of models. Throws on a name used twice or a delegate not listed before. */
export function declareModels(declarations: readonly ModelDeclaration[]): void {
  models.clear();
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const settle = (declaration: ModelDeclaration): Model => {
    const done = models.get(declaration.name);
    if (done) return done;
    const to = declaration.delegates?.to;
    const model = complete(declaration, to === undefined ? undefined : settle(byName.get(to)!));
    models.set(model.name, model);
    return model;
  };
  for (const declaration of declarations) settle(declaration);
  if (models.size !== declarations.length) throw new Error('a model is declared twice');
}

/** All declared models, in the order of the list. */
export function declaredModels(): Model[] {
  return [...models.values()];
}

/** The model of this name. Throws Refusal `model_unknown` (404). */
export function findModel(name: string): Model {
  const model = models.get(name);
  if (!model) throw new Refusal('model_unknown', { status: 404, values: { model: name } });
  return model;
}

/** The model with this number, or undefined. */
export function modelById(id: number): Model | undefined {
  return declaredModels().find((model) => model.id === id);
}

/** The field of this name. Throws Refusal `field_unknown` (422). */
export function findField(model: Model, name: string): ModelField {
  const field = model.all.get(name);
  if (!field)
    throw new Refusal('field_unknown', {
      status: 422,
      values: { field: name, model: model.name },
    });
  return field;
}

/** The model a relational field leads to. */
export function targetOf(field: ModelField): Model {
  if (!('to' in field)) throw new Error(`${field.name} leads nowhere`);
  return findModel(field.to);
}

/** Whether the field leads to other records. */
export function isRelational(
  field: ModelField,
): field is ModelField & { kind: 'many2one' | 'one2many' | 'many2many'; to: string } {
  return 'to' in field;
}
