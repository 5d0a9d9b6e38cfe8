// copy: a record once more, without what belongs to one alone.
import { wordsFor } from '../kernel/words.ts';
import { create, type Values } from './change.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { read } from './read.ts';
import { seesField } from './rights.ts';

function isCopied(asker: Asker, model: Model, field: ModelField): boolean {
  if (field.copied === false || field.secret || field.kind === 'one2many') return false;
  if (field.name === model.delegates?.field || field.readonly) return false;
  const kept = field.stored || (field.kind === 'many2many' && (field.pairs || field.acted));
  return Boolean(kept) && seesField(asker, field);
}

/** The copy goes by the same name with "(copy)" behind it, in the asker's language. */
function renamed(asker: Asker, model: Model, values: Values): Values {
  const name = model.all.has('name') ? 'name' : model.label;
  if (typeof values[name] !== 'string') return {};
  return { [name]: wordsFor(asker.language).t('record.copy', { name: values[name] }) };
}

/** Copies records; `over` replaces values. Answers the new numbers, in order. Throws what read and create throw. */
export async function copyRecords(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  over: Values,
): Promise<number[]> {
  const fields = [...model.all.values()].filter((field) => isCopied(asker, model, field));
  const rows = await read(asker, model, ids, {
    fields: fields.map(({ name }) => name),
    plainIds: true,
  });
  const lists = rows.map(({ id: _id, ...values }) => ({
    ...values,
    ...renamed(asker, model, values),
    ...over,
  }));
  return create(asker, model, lists);
}
