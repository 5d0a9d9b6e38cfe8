// export_data: rows of text for a spreadsheet, along paths such as `name`, `parent_id/email`, `.id`.
import { Refusal } from '../kernel/refusal.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { read, type RecordValues } from './read.ts';
import { findField, targetOf } from './registry.ts';

const EXPORT = 'base.group_allow_export';

type Cell = string | number | boolean;

const isLink = (field: ModelField) => 'to' in field;

/** Records at the other end of a link, in order. */
function ends(field: ModelField, value: unknown): number[] {
  if (field.kind === 'many2one') return typeof value === 'number' ? [value] : [];
  return Array.isArray(value) ? (value as number[]) : [];
}

function localMoment(asker: Asker, text: string): string {
  const at = new Date(`${text.replace(' ', 'T')}Z`);
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: asker.timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
}

function cell(asker: Asker, field: ModelField, value: unknown): Cell {
  if (value === false && field.kind !== 'boolean') return '';
  if (field.kind === 'datetime') return localMoment(asker, value as string);
  return value as Cell;
}

/** An external id is `__export__.<model>_<id>` where a record has none of its own. */
function externalId(model: Model, id: number): string {
  return `__export__.${model.name.replaceAll('.', '_')}_${id}`;
}

async function columnOf(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  path: readonly string[],
): Promise<Map<number, Cell>> {
  const [first = '', ...rest] = path;
  if (first === '.id') return new Map(ids.map((id) => [id, id]));
  if (first === 'id') return new Map(ids.map((id) => [id, externalId(model, id)]));
  const field = findField(model, first);
  if (!isLink(field)) {
    if (rest.length > 0)
      throw new Refusal('field_unknown', {
        status: 422,
        values: { field: path.join('/'), model: model.name },
      });
    const rows = await read(asker, model, ids, { fields: [first] });
    return new Map(rows.map((row) => [row.id, cell(asker, field, row[first])]));
  }
  return linkedColumn(asker, model, ids, field, rest.length > 0 ? rest : ['display_name']);
}

async function linkedColumn(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  field: ModelField,
  rest: readonly string[],
): Promise<Map<number, Cell>> {
  const rows: RecordValues[] = await read(asker, model, ids, {
    fields: [field.name],
    plainIds: true,
  });
  const far = new Map(rows.map((row) => [row.id, ends(field, row[field.name])]));
  const all = [...new Set([...far.values()].flat())];
  const cells = all.length
    ? await columnOf(asker, targetOf(field), all, rest)
    : new Map<number, Cell>();
  return new Map(
    [...far].map(([id, others]) => [
      id,
      others
        .map((other) => cells.get(other) ?? '')
        .filter((one) => one !== '')
        .join(','),
    ]),
  );
}

/**
 * Rows of cells for the records, a column a path. Times are the asker's own.
 * Throws Refusal `export_not_allowed` (409) without the group for it, and those of `read`.
 */
export async function exportData(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  paths: readonly string[],
): Promise<{ datas: Cell[][] }> {
  if (asker.system === undefined && !asker.person.groups.has(EXPORT))
    throw new Refusal('export_not_allowed', { status: 409 });
  const columns: Map<number, Cell>[] = [];
  for (const path of paths) columns.push(await columnOf(asker, model, ids, path.split('/')));
  return { datas: ids.map((id) => columns.map((column) => column.get(id) ?? '')) };
}
