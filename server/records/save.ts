// Saving what was typed into a form: only what was changed in it, so that nobody overwrites what
// somebody else changed meanwhile.
import { Refusal, isRefusal } from '../kernel/refusal.ts';
import { askerOf } from '../models/asker.ts';
import { fieldLabel, modelLabel } from '../models/describe.ts';
import type { Asker, Context, Model, ModelField } from '../models/define.ts';
import { execute } from '../models/execute.ts';
import { prepare } from '../models/rights.ts';
import { cleanSignature, textToSignature } from '../preferences/signature.ts';
import type { Caller, Member } from '../store/caller.ts';
import { isEditable, partsOf } from './fields.ts';
import { placeAt } from './places.ts';
import { changeOf, type Typed } from './typed.ts';

/** A posted form. */
export interface Posted {
  typed: Typed;
  /** The file chosen for a field. */
  file(name: string): Promise<Uint8Array | undefined>;
}

/** Rich text from the editor, else plain text from a page without scripts; cleaned either way. */
async function richChange(typed: Typed, field: ModelField): Promise<unknown> {
  const text = changeOf(
    typed,
    { ...field, name: `${field.name}Text` },
    { language: '', timeZone: '' },
  );
  const rich = changeOf(typed, field, { language: '', timeZone: '' });
  if (rich === undefined && text === undefined) return undefined;
  const html = rich === undefined ? textToSignature(String(text || '')) : String(rich || '');
  try {
    return (await cleanSignature(html)) || false;
  } catch (caught) {
    if (!isRefusal(caught)) throw caught;
    const { code, values } = caught;
    throw new Refusal(code, { values, field: field.name });
  }
}

async function fileChange({ typed, file }: Posted, { name }: ModelField): Promise<unknown> {
  const bytes = await file(name);
  if (bytes)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return typed[`${name}Remove`] === 'on' ? false : undefined;
}

/** The values that the form changes, by field. */
export async function changesOf(
  caller: Member,
  fields: readonly ModelField[],
  posted: Posted,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value =
      field.kind === 'binary'
        ? await fileChange(posted, field)
        : field.kind === 'html'
          ? await richChange(posted.typed, field)
          : changeOf(posted.typed, field, caller);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

/** The fields of the form that can be written by this asker, whose rights are prepared. */
export function editableFields(asker: Asker, model: Model): ModelField[] {
  return partsOf(asker, model)
    .flatMap(({ fields }) => fields.map((name) => model.all.get(name)!))
    .filter((field) => isEditable(model, field));
}

/** The field whose column a constraint is about: `users_tenant_login_key` → `login`. */
function fieldOfConstraint(model: Model, constraint: string): string | undefined {
  const fields = [...model.all.values()].filter(({ name, column = name }) =>
    `_${constraint}_`.includes(`_${column}_`),
  );
  return fields.sort((a, b) => b.name.length - a.name.length)[0]?.name;
}

/** The registry's refusal as a reader of screens needs it: beside its field, in their words. */
export function forReaders(caught: unknown, { language }: Caller, model: Model): unknown {
  if (!isRefusal(caught)) return caught;
  const { code, status, values, detail } = caught;
  const name =
    caught.field ?? (values.constraint && fieldOfConstraint(model, String(values.constraint)));
  const field = typeof name === 'string' ? model.all.get(name) : undefined;
  const plain = model.all.get(String(values.field ?? '')) ?? field;
  const particulars = {
    status,
    field: field?.name ?? caught.field,
    values: {
      ...values,
      ...('model' in values ? { model: modelLabel(language, model) } : {}),
      ...('field' in values && plain ? { field: fieldLabel(language, model, plain) } : {}),
    },
    detail,
  };
  return code === 'value_taken' && field
    ? new Refusal('value_taken_here', particulars)
    : new Refusal(code, particulars);
}

/** Calls a method of the model as a reader of screens. Throws its refusals in their words. */
export async function call(
  caller: Member,
  model: Model,
  method: string,
  args: readonly unknown[],
  also: Context = {},
): Promise<unknown> {
  try {
    const context = { lang: caller.language, tz: caller.timeZone, ...also };
    return await execute(caller, { model: model.name, method, args, kwargs: { context } });
  } catch (caught) {
    throw forReaders(caught, caller, model);
  }
}

/**
 * Saves what the form changes; answers the record's number, a new one for `id` null. Throws Refusal
 * with the field at fault: `value_required`, `value_taken`, `number_invalid`, `date_invalid` …
 */
export async function save(
  outside: Caller,
  path: string,
  id: number | null,
  posted: Posted,
): Promise<number> {
  const { caller, model } = placeAt(outside, path);
  const asker = askerOf(caller);
  await prepare(asker);
  const values = await changesOf(caller, editableFields(asker, model), posted);
  if (id === null) return (await call(caller, model, 'create', [values])) as number;
  if (Object.keys(values).length > 0) await call(caller, model, 'write', [[id], values]);
  return id;
}
