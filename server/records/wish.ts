// What a list is asked for, as its address says it: ?q= &filter= &sort= &page= &columns= &where=.
import { namesOf } from './fields.ts';
import { filtersOf } from './filters.ts';
import type { Asker, Model, ModelField } from '../models/define.ts';
import { isRowId } from '../kernel/row-id.ts';

/** Rows of a page. */
export const PAGE = 80;

/** Records that hang on one record: `group_id.users:7`. */
interface Where {
  path: string;
  id: number;
}

/** A list, asked for. */
export interface Wish {
  search: string;
  /** Names of the filters that are on. */
  filters: string[];
  sort: { field: string; down: boolean } | null;
  /** From 1. */
  page: number;
  /** Names of the columns, in order. */
  columns: string[];
  where: Where[];
}

/** Whether a column can be sorted by. */
export function isSortable({ kind, secret }: ModelField): boolean {
  return !secret && !kind.endsWith('2many') && kind !== 'binary' && kind !== 'html';
}

function readSort(model: Model, text: string | null): Wish['sort'] {
  const [, name = '', down] = /^([a-z_0-9]+)( desc)?$/.exec(text ?? '') ?? [];
  const field = model.all.get(name);
  return field && isSortable(field) ? { field: name, down: down !== undefined } : null;
}

function readWhere(text: string): Where[] {
  const [, path = '', id = ''] = /^([a-z_0-9]+(?:\.[a-z_0-9]+){0,3}):(\d{1,10})$/.exec(text) ?? [];
  return isRowId(Number(id)) ? [{ path, id: Number(id) }] : [];
}

/** Reads an address. What it says amiss is passed over: a list comes in any case. */
export function readWish(asker: Asker, model: Model, query: URLSearchParams): Wish {
  const filters = filtersOf(model);
  const chosen = query.getAll('filter');
  const offered = namesOf(asker, model, 'all');
  const columns = query.getAll('columns').filter((name) => offered.includes(name));
  const page = Number(query.get('page') ?? 1);
  return {
    search: (query.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 200),
    filters: filters
      .filter(({ name, preset }) => (chosen.length > 0 ? chosen.includes(name) : preset))
      .map(({ name }) => name),
    sort: readSort(model, query.get('sort')),
    page: Number.isSafeInteger(page) && page > 0 && page < 1e7 ? page : 1,
    columns: columns.length > 0 ? [...new Set(columns)] : namesOf(asker, model, 'list'),
    where: query.getAll('where').flatMap(readWhere).slice(0, 5),
  };
}

/** The order of the wish as clients write it; null is the model's own. */
export function orderOf({ sort }: Wish): string | null {
  return sort && `${sort.field}${sort.down ? ' desc' : ''}`;
}

/** Where the records that hang on one record are: an address's `where`. */
export function whereText(path: string, id: number): string {
  return `${path}:${id}`;
}
