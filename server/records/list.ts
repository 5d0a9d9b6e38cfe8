// The list of a model: what was asked for, 80 rows at a time.
import { wordsFor } from '../kernel/words.ts';
import { withArchived } from '../models/asker.ts';
import { fieldLabel, modelLabel } from '../models/describe.ts';
import type { Asker, Kind, Model } from '../models/define.ts';
import { count, searchRead } from '../models/read.ts';
import { targetOf } from '../models/registry.ts';
import { asking, mayUse } from '../models/rights.ts';
import type { Caller } from '../store/caller.ts';
import { readCells, type Cell } from './cells.ts';
import { namesOf } from './fields.ts';
import { domainOf, filtersOf, lastField } from './filters.ts';
import { placeAt, type Place } from './places.ts';
import { isSortable, orderOf, PAGE, readWish, whereText, type Wish } from './wish.ts';

/** Beyond this a list says "more than": counting on would cost more than it tells. */
export const MOST_COUNTED = 10_000;

/** Names shown of a list in a cell. */
const NAMES = 3;

interface Column {
  name: string;
  label: string;
  kind: Kind;
  sortable: boolean;
  sorted: 'ascending' | 'descending' | null;
}

/** What the reader may do with records of the list. */
interface May {
  create: boolean;
  write: boolean;
  unlink: boolean;
  /** Records can be put away and taken out again. */
  archive: boolean;
}

/** A list, ready to be drawn. */
export interface ListScreen {
  base: string;
  title: string;
  columns: Column[];
  /** All that could be a column. */
  offered: { name: string; label: string; chosen: boolean }[];
  rows: { id: number; cells: Cell[]; archived: boolean; at: number }[];
  total: number;
  /** There are more than `total`. */
  more: boolean;
  page: number;
  pages: number;
  /** The number of the first row. */
  from: number;
  search: string;
  filters: { name: string; label: string; on: boolean }[];
  where: { text: string; label: string; name: string }[];
  may: May;
}

function describeColumns(asker: Asker, model: Model, { columns, sort }: Wish): Column[] {
  return columns.map((name) => {
    const field = model.all.get(name)!;
    const direction = sort?.down ? 'descending' : 'ascending';
    return {
      name,
      label: fieldLabel(asker.language, model, field),
      kind: field.kind,
      sortable: isSortable(field),
      sorted: sort?.field === name ? direction : null,
    };
  });
}

function offeredColumns(asker: Asker, model: Model, { columns }: Wish) {
  const { compare } = wordsFor(asker.language);
  return namesOf(asker, model, 'all')
    .map((name) => ({
      name,
      label: fieldLabel(asker.language, model, model.all.get(name)!),
      chosen: columns.includes(name),
    }))
    .sort((a, b) => Number(b.chosen) - Number(a.chosen) || compare(a.label, b.label));
}

/** What people call a filter. */
function filterLabel({ language }: Asker, model: Model, name: string): string {
  const words = wordsFor(language);
  const key = [`filter.${model.name}.${name}`, `filter.${name}`].find((one) => words.has(one));
  return key ? words.tell(key) : name;
}

/** The records that the address hangs the list on, by name. */
async function describeWhere(asker: Asker, model: Model, { where }: Wish) {
  const shown: ListScreen['where'] = [];
  for (const { path, id } of where) {
    const target = targetOf(lastField(model, path));
    const fields = ['display_name'];
    const domain = [['id', '=', id]];
    const [row] = mayUse(asker, target, 'read')
      ? await searchRead(withArchived(asker), target, { domain, fields, limit: 1 })
      : [];
    shown.push({
      text: whereText(path, id),
      label: modelLabel(asker.language, target),
      name: typeof row?.display_name === 'string' ? row.display_name : String(id),
    });
  }
  return shown;
}

/** What the asker may do with records of the model, rules aside. */
export function mayOf(asker: Asker, model: Model): May {
  const acts = (verb: string) => model.table !== undefined || model.acts?.[verb] !== undefined;
  const may = (verb: 'create' | 'write' | 'unlink') =>
    acts(verb) && !model.shared && mayUse(asker, model, verb);
  const filters = filtersOf(model).some(({ name }) => name === 'archived');
  return {
    create: may('create'),
    write: may('write'),
    unlink: may('unlink'),
    archive: filters && model.table !== undefined && may('write'),
  };
}

async function readList(asker: Asker, { model, base, title }: Place, query: URLSearchParams) {
  const wish = readWish(asker, model, query);
  const domain = domainOf(model, wish);
  const { search: name } = wish;
  const total = await count(asker, model, domain, MOST_COUNTED + 1, name);
  const more = total > MOST_COUNTED;
  // Beyond what is counted nobody turns pages: one searches, or sorts the other way round.
  const pages = Math.max(1, Math.ceil(Math.min(total, MOST_COUNTED) / PAGE));
  const page = Math.min(wish.page, pages);
  const offset = (page - 1) * PAGE;
  const active = model.all.get('active');
  const fields = [...wish.columns.map((column) => model.all.get(column)!)];
  const rows = await readCells(
    asker,
    model,
    active ? [...fields, active] : fields,
    { domain, name, order: orderOf(wish), limit: PAGE, offset },
    NAMES,
  );
  const screen: ListScreen = {
    ...{ base, title, page, pages, more, search: name },
    columns: describeColumns(asker, model, wish),
    offered: offeredColumns(asker, model, wish),
    rows: rows.map(({ id, cells }, i) => ({
      id,
      cells: fields.map((field) => cells[field.name] ?? null),
      archived: active !== undefined && cells.active === false,
      at: offset + i + 1,
    })),
    total: Math.min(total, MOST_COUNTED),
    from: offset + 1,
    filters: filtersOf(model).map((filter) => ({
      name: filter.name,
      label: filterLabel(asker, model, filter.name),
      on: wish.filters.includes(filter.name),
    })),
    where: await describeWhere(asker, model, wish),
    may: mayOf(asker, model),
  };
  return screen;
}

/**
 * The list at an address. Throws Refusal `page_unknown` (404), `not_allowed`, `access_model` or
 * `access_field` (403), `field_unknown` (422).
 */
export async function list(
  outside: Caller,
  path: string,
  query: URLSearchParams,
): Promise<ListScreen> {
  const place = placeAt(outside, path);
  return asking(place.caller, (asker) => readList(asker, place, query));
}
