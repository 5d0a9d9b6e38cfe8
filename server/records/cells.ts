// Records as people read them: choices by their label, relations by name, lists by their first names.
import { choicesOf } from '../models/describe.ts';
import type { Asker, Model, ModelField } from '../models/define.ts';
import { linkedNames, type Linked } from '../models/linked.ts';
import { searchRead, type RecordValues, type Search } from '../models/read.ts';
import { isRelational } from '../models/registry.ts';

/** A record elsewhere. */
export interface Named {
  id: number;
  name: string;
}

/**
 * One value. A day is `2026-03-01`, a moment `2026-03-01T12:00:00Z`, a choice its label with its key,
 * a list its first names.
 */
export type Cell =
  | string
  | number
  | boolean
  | Named
  | { key: string; label: string }
  | { names: Named[]; more: boolean }
  | null;

const isList = (field: ModelField) => isRelational(field) && field.kind !== 'many2one';

type Labels = Map<string, Map<string, string>>;

async function labelsOf(asker: Asker, model: Model, fields: readonly ModelField[]) {
  const labels: Labels = new Map();
  for (const field of fields)
    if (field.kind === 'selection')
      labels.set(field.name, new Map(await choicesOf(asker, model, field)));
  return labels;
}

function plainCell(field: ModelField, value: unknown, labels: Labels): Cell {
  if (field.kind === 'boolean') return value === true;
  if (value === false || value === null || value === undefined) return null;
  if (field.kind === 'many2one') {
    const [id, name] = value as [number, string];
    return { id, name };
  }
  if (field.kind === 'selection') {
    const key = value as string;
    return { key, label: labels.get(field.name)?.get(key) ?? key };
  }
  if (field.kind === 'datetime') return `${(value as string).replace(' ', 'T')}Z`;
  return value as string | number;
}

const listCell = ({ records, more }: Linked = { records: [], more: false }): Cell => ({
  names: records.map(([id, name]) => ({ id, name })),
  more,
});

/** A record as cells by field. */
export interface Shown {
  id: number;
  cells: Record<string, Cell>;
}

/** Finds records and reads them for people; at most `names` of each list. */
export async function readCells(
  asker: Asker,
  model: Model,
  fields: readonly ModelField[],
  wish: Search,
  names: number,
): Promise<Shown[]> {
  const plain = fields.filter((field) => !isList(field));
  const rows: RecordValues[] = await searchRead(asker, model, {
    ...wish,
    fields: ['id', ...plain.map(({ name }) => name)],
  });
  const labels = await labelsOf(asker, model, plain);
  const shown = rows.map((row) => ({
    id: row.id,
    cells: Object.fromEntries(
      plain.map((field) => [field.name, plainCell(field, row[field.name], labels)]),
    ),
  }));
  const ids = rows.map(({ id }) => id);
  for (const field of fields.filter(isList)) {
    const linked = await linkedNames(asker, model, field, ids, names);
    for (const { id, cells } of shown) cells[field.name] = listCell(linked.get(id));
  }
  return shown;
}
