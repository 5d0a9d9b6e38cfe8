// What a new record starts with: the fields' own defaults, and `default_…` of the context.
import type { Asker, Model, ModelField } from './define.ts';
import { seesField } from './rights.ts';

function defaultOf(asker: Asker, field: ModelField): unknown {
  const given = asker.context[`default_${field.name}`];
  if (given !== undefined) return given;
  return typeof field.default === 'function' ? field.default(asker) : field.default;
}

/** Defaults of the fields that have one and that the asker may write; of `names` alone, if given. */
export async function defaultsFor(
  asker: Asker,
  model: Model,
  names?: readonly string[],
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of model.all.values()) {
    if (names ? !names.includes(field.name) : field.acted || field.secret) continue;
    if (!seesField(asker, field)) continue;
    // A delegate fills in its own; here it would overwrite one that is already there.
    if (field.delegated && !names && asker.context[`default_${field.name}`] === undefined) continue;
    const value = await defaultOf(asker, field);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}
