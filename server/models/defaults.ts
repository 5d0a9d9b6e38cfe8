// What a new record starts with: the fields' own defaults, and `default_…` of the context.
import type { Asker, Model, ModelField } from './define.ts';
import { seesField } from './rights.ts';

function isStoredFor(asker: Asker, field: ModelField): boolean {
  return !field.acted && !field.secret && seesField(asker, field);
}

/** The `default_…` of the context, for fields that the asker may write as they are. */
export function contextDefaults(asker: Asker, model: Model): Record<string, unknown> {
  const given = [...model.all.values()]
    .filter((field) => isStoredFor(asker, field))
    .map(({ name }): [string, unknown] => [name, asker.context[`default_${name}`]]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** The fields' own defaults. A delegate fills in its own: here it would overwrite one that is there. */
export async function ownDefaults(asker: Asker, model: Model): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of model.all.values()) {
    if (field.delegated || !isStoredFor(asker, field)) continue;
    const value = await defaultOf(asker, field);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

function defaultOf(asker: Asker, field: ModelField): unknown {
  return typeof field.default === 'function' ? field.default(asker) : field.default;
}

/** What these fields would start with: of the context, else of their own. Fields without one are left out. */
export async function defaultsFor(
  asker: Asker,
  model: Model,
  names: readonly string[],
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of model.all.values()) {
    if (!names.includes(field.name) || !seesField(asker, field)) continue;
    const given = asker.context[`default_${field.name}`];
    const value = given === undefined ? await defaultOf(asker, field) : given;
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}
