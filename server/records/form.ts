// One record, or a new one: its fields by tab, what may be changed, and its place in the list it came from.
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { withArchived } from '../models/asker.ts';
import { defaultsFor } from '../models/defaults.ts';
import { choicesOf, fieldLabel, modelLabel } from '../models/describe.ts';
import type { Asker, Kind, Model, ModelField } from '../models/define.ts';
import { checkRows, count, nameSearch, search } from '../models/read.ts';
import { isRelational, targetOf } from '../models/registry.ts';
import { asking, mayUse } from '../models/rights.ts';
import { cleanSignature, signatureToText, textToSignature } from '../preferences/signature.ts';
import type { Caller } from '../store/caller.ts';
import { readCells, type Cell, type Named } from './cells.ts';
import { isEditable, partsOf } from './fields.ts';
import { domainOf } from './filters.ts';
import { mayOf, MOST_COUNTED, type ListScreen } from './list.ts';
import { addressOf, mayOpen, placeAt, type Place } from './places.ts';
import { orderOf, readWish, whereText } from './wish.ts';

/** Names shown of a list in a form; the rest is in the list itself. */
const NAMES = 80;

/** Up to so many choices stand in a list to choose from; beyond it one searches. */
const CHOICES = 40;

/** A field of a form. */
export interface FormField {
  name: string;
  label: string;
  help: string | null;
  kind: Kind;
  required: boolean;
  editable: boolean;
  /** Goes in and never comes out: a password, say. */
  secret: boolean;
  value: Cell;
  /** A rich text as plain text, for a page without scripts. */
  plain: string | null;
  /** Choices of a selection or of a short relation; null for a relation that is searched. */
  choices: { value: string; label: string }[] | null;
  /** The other end of a relation: its model, and the address of its list if the reader may go there. */
  relation: { model: string; base: string | null; whole: string | null } | null;
}

/** Where the record stands in the list it was opened from. */
interface Position {
  at: number;
  total: number;
  more: boolean;
  previous: number | null;
  next: number | null;
}

/** A form, ready to be drawn. */
export interface FormScreen {
  base: string;
  title: string;
  model: string;
  /** Null for a new record. */
  id: number | null;
  name: string;
  archived: boolean;
  parts: { tab: string | null; label: string; fields: FormField[] }[];
  position: Position | null;
  may: ListScreen['may'];
}

/** What people call a tab. */
function tabLabel({ language }: Asker, model: Model, tab: string | null): string {
  const words = wordsFor(language);
  const key = [`tab.${model.name}.${tab}`, `tab.${tab}`].find((one) => words.has(one));
  return tab === null ? '' : key ? words.tell(key) : tab;
}

async function choicesFor(asker: Asker, model: Model, field: ModelField, editable: boolean) {
  if (!editable) return null;
  if (field.kind === 'selection') {
    const choices = await choicesOf(asker, model, field);
    return choices.map(([value, label]) => ({ value, label }));
  }
  if (!isRelational(field) || !mayUse(asker, targetOf(field), 'read')) return null;
  const found = await nameSearch(asker, targetOf(field), { limit: CHOICES + 1 });
  if (found.length > CHOICES) return null;
  return found.map(([id, name]) => ({ value: String(id), label: name }));
}

/** The field of the other model that is the same list, seen from there. */
function inverseOf(model: Model, field: ModelField): string | null {
  if (field.kind === 'one2many') return field.by;
  if (field.kind !== 'many2many' || !field.pairs) return null;
  const { table, own } = field.pairs;
  const back = [...targetOf(field).all.values()].find(
    (other) =>
      other.kind === 'many2many' && other.pairs?.table === table && other.pairs.other === own,
  );
  return back && !back.delegated && !field.delegated ? back.name : null;
}

function relationOf(asker: Asker, model: Model, field: ModelField, id: number | null) {
  if (!isRelational(field)) return null;
  const base = mayOpen(asker, field.to) && mayUse(asker, targetOf(field), 'read');
  const address = addressOf(field.to);
  const back = id === null ? null : inverseOf(model, field);
  const whole = back && `${address}?filter=&where=${encodeURIComponent(whereText(back, id!))}`;
  return { model: field.to, base: base ? address : null, whole: base ? whole : null };
}

interface Writing {
  /** Null for a new record. */
  id: number | null;
  may: boolean;
}

/** A rich text as it may be shown: programs store what they like, pages show what is harmless. */
async function harmless(html: string): Promise<string> {
  try {
    return await cleanSignature(html);
  } catch {
    return textToSignature(signatureToText(html));
  }
}

async function describe(
  asker: Asker,
  model: Model,
  name: string,
  value: Cell,
  { id, may }: Writing,
): Promise<FormField> {
  const field = model.all.get(name)!;
  const words = wordsFor(asker.language);
  const homes = [model.name, model.delegates?.to];
  const help = homes.map((home) => `help.${home}.${name}`).find((key) => words.has(key));
  const editable = may && isEditable(model, field);
  const rich =
    field.kind === 'html' ? await harmless(typeof value === 'string' ? value : '') : null;
  return {
    name,
    label: fieldLabel(asker.language, model, field),
    help: help ? words.tell(help) : null,
    kind: field.kind,
    required: (field.required ?? false) && !field.madeFrom,
    editable,
    secret: field.secret ?? false,
    value: rich ?? value,
    plain: rich === null ? null : signatureToText(rich),
    choices: await choicesFor(asker, model, field, editable),
    relation: relationOf(asker, model, field, id),
  };
}

/** What a new record starts with, as cells. */
async function startingCells(asker: Asker, model: Model, names: readonly string[]) {
  const values = await defaultsFor(asker, model, names);
  const cells: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = model.all.get(name)!;
    if (field.kind === 'many2one') cells[name] = await nameOf(asker, field, Number(value));
    else if (field.kind === 'selection') cells[name] = { key: value as string, label: '' };
    else if (!field.kind.endsWith('2many')) cells[name] = value as string | number | boolean;
  }
  return cells;
}

async function nameOf(asker: Asker, field: ModelField, id: number): Promise<Named | null> {
  const [found] = await nameSearch(withArchived(asker), targetOf(field), {
    domain: [['id', '=', id]],
    limit: 1,
  });
  return found ? { id: found[0], name: found[1] } : null;
}

/** How far beside the place in the address a record is looked for: lists change under one's hands. */
const NEAR = 40;

async function positionOf(asker: Asker, model: Model, id: number, query: URLSearchParams) {
  const said = Number(query.get('at'));
  if (!Number.isSafeInteger(said) || said < 1 || said > MOST_COUNTED) return null;
  const wish = readWish(asker, model, query);
  const domain = domainOf(model, wish);
  const { search: name } = wish;
  const offset = Math.max(0, said - 1 - NEAR);
  const limit = 2 * NEAR + 1;
  const near = await search(asker, model, { domain, name, order: orderOf(wish), offset, limit });
  const at = near.indexOf(id);
  if (at < 0) return null;
  const total = await count(asker, model, domain, MOST_COUNTED + 1, name);
  return {
    at: offset + at + 1,
    total: Math.min(total, MOST_COUNTED),
    more: total > MOST_COUNTED,
    previous: near[at - 1] ?? null,
    next: near[at + 1] ?? null,
  };
}

async function mayWrite(asker: Asker, model: Model, id: number): Promise<boolean> {
  if (!mayOf(asker, model).write && !(model.acts?.write && mayUse(asker, model, 'write')))
    return false;
  try {
    await checkRows(asker, model, [id], 'write');
    return true;
  } catch {
    return false;
  }
}

async function readCellsOf(
  asker: Asker,
  model: Model,
  names: readonly string[],
  id: number | null,
) {
  if (id === null) return { cells: await startingCells(asker, model, names) };
  const active = model.all.has('active') ? ['active'] : [];
  const fields = [...new Set([...names, 'display_name', ...active])];
  const [row] = await readCells(
    withArchived(asker),
    model,
    fields.map((name) => model.all.get(name)!),
    { domain: [['id', '=', id]], limit: 1 },
    NAMES,
  );
  if (!row)
    throw new Refusal('record_missing', {
      status: 404,
      values: { model: modelLabel(asker.language, model), ids: id, user: asker.person.id },
    });
  return row;
}

/** Reads a form inside a transaction whose rights are prepared, without the fields named in `but`. */
export async function readForm(
  asker: Asker,
  { model, base, title }: Place,
  id: number | null,
  query: URLSearchParams,
  but: readonly string[] = [],
): Promise<FormScreen> {
  const may = mayOf(asker, model);
  if (id === null && !may.create)
    throw new Refusal('not_allowed', { status: 403, detail: `create ${model.name}` });
  const parts = partsOf(asker, model).map(({ tab, fields }) => ({
    tab,
    fields: fields.filter((name) => !but.includes(name)),
  }));
  const names = parts.flatMap(({ fields }) => fields);
  const { cells } = await readCellsOf(asker, model, names, id);
  const writing = { id, may: id === null || (await mayWrite(asker, model, id)) };
  const drawn: FormScreen['parts'] = [];
  for (const { tab, fields } of parts) {
    const described: FormField[] = [];
    for (const name of fields)
      described.push(await describe(asker, model, name, cells[name] ?? null, writing));
    drawn.push({ tab, label: tabLabel(asker, model, tab), fields: described });
  }
  return {
    ...{ base, title, id, may: { ...may, write: writing.may } },
    model: model.name,
    name: typeof cells.display_name === 'string' ? cells.display_name : '',
    archived: cells.active === false && id !== null,
    parts: drawn,
    position: id === null ? null : await positionOf(asker, model, id, query),
  };
}

/**
 * The form at an address; `id` null is a new record. Throws Refusal `record_missing` or
 * `page_unknown` (404), `not_allowed`, `access_model` (403).
 */
export async function form(
  outside: Caller,
  path: string,
  id: number | null,
  query: URLSearchParams,
): Promise<FormScreen> {
  const place = placeAt(outside, path);
  return asking(place.caller, (asker) => readForm(asker, place, id, query));
}
