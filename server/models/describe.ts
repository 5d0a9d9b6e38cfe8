// The models as readers see them: labels in their language, and what they may use.
import { wordsFor } from '../kernel/words.ts';
import type { Words } from '#locales/words.ts';
import { askerOf } from './asker.ts';
import type { Asker, Field, Model, ModelField } from './define.ts';
import { declaredModels, findField } from './registry.ts';
import { mayUse, prepare, seesField } from './rights.ts';
import type { Member } from '../store/caller.ts';

/** The first of these keys that the catalogue has, else the plain text. */
function word(words: Words, keys: readonly string[], plain: string): string {
  const key = keys.find((one) => words.has(one));
  return key === undefined ? plain : words.tell(key);
}

/** What people call a model. */
export function modelLabel(language: string, model: Model): string {
  return word(wordsFor(language), [`model.${model.name}`], model.name);
}

/** The model a field's label is kept under: the delegate's for a delegated one. */
function keysOf(kind: string, model: Model, name: string, rest = ''): string[] {
  const to = model.delegates?.to;
  return [
    `${kind}.${model.name}.${name}${rest}`,
    ...(to ? [`${kind}.${to}.${name}${rest}`] : []),
    `${kind}.${name}${rest}`,
  ];
}

/** What people call a field. */
export function fieldLabel(language: string, model: Model, field: ModelField): string {
  return word(wordsFor(language), keysOf('field', model, field.name), field.name);
}

/** The choices of a selection: key and label. */
export async function choicesOf(
  asker: Asker,
  model: Model,
  field: Field & { name: string },
): Promise<[string, string][]> {
  if (field.kind !== 'selection') return [];
  if (typeof field.options === 'function') return field.options(asker);
  const words = wordsFor(asker.language);
  return field.options.map((key) => [
    key,
    word(words, keysOf('choice', model, field.name, `.${key}`), key),
  ]);
}

/** A field as `fields_get` tells of it. */
export type FieldDescription = Record<string, unknown> & { name: string; type: string };

async function describeField(asker: Asker, model: Model, field: ModelField) {
  const words = wordsFor(asker.language);
  const help = word(words, keysOf('help', model, field.name), '');
  const described: FieldDescription = {
    name: field.name,
    type: field.kind,
    string: fieldLabel(asker.language, model, field),
    required: field.required ?? false,
    readonly: (field.readonly ?? false) || (field.sql !== undefined && !field.acted),
    store: field.stored,
    searchable: !field.secret,
    sortable: field.stored && field.kind !== 'binary',
    groupable: field.stored && field.kind !== 'binary' && field.kind !== 'html',
    exportable: !field.secret,
    change_default: false,
    ...(help ? { help } : {}),
    ...('to' in field ? { relation: field.to, context: {}, domain: [] } : {}),
    ...(field.kind === 'one2many' ? { relation_field: field.by } : {}),
    ...(field.kind === 'selection' ? { selection: await choicesOf(asker, model, field) } : {}),
    ...('translated' in field && field.translated ? { translate: true } : {}),
    ...('size' in field && field.size ? { size: field.size } : {}),
    ...(field.groups ? { groups: field.groups.join(',') } : {}),
    ...(field.delegated && model.delegates
      ? { related: `${model.delegates.field}.${field.name}` }
      : {}),
  };
  return described;
}

/** The fields the asker may see, by name; `attributes` chooses what is told of them. */
export async function fieldsGet(
  asker: Asker,
  model: Model,
  names?: readonly string[] | null,
  attributes?: readonly string[] | null,
): Promise<Record<string, FieldDescription>> {
  const wanted = names?.length
    ? names.filter((name) => model.all.has(name))
    : [...model.all.keys()];
  const described: Record<string, FieldDescription> = {};
  for (const name of wanted) {
    const field = findField(model, name);
    if (!seesField(asker, field)) continue;
    const whole = await describeField(asker, model, field);
    described[name] = attributes?.length
      ? (Object.fromEntries(
          Object.entries(whole).filter(([key]) => attributes.includes(key)),
        ) as FieldDescription)
      : whole;
  }
  return described;
}

/** The models the caller may read, by label in the order of their language. */
export async function modelsFor(caller: Member): Promise<{ name: string; label: string }[]> {
  const asker = askerOf(caller);
  await prepare(asker);
  const { compare } = wordsFor(caller.language);
  return declaredModels()
    .filter((model) => mayUse(asker, model, 'read'))
    .map((model) => ({ name: model.name, label: modelLabel(caller.language, model) }))
    .sort((a, b) => compare(a.label, b.label));
}
