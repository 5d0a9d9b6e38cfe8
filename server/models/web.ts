// Reading by a specification, as Odoo's web client does: which fields, and of linked records which fields in
// turn. Every level is one read under the asker's own rights.
import { Refusal } from '../kernel/refusal.ts';
import { askerOf } from './asker.ts';
import type { Asker, Context, Model, ModelField } from './define.ts';
import { read, type RecordValues } from './read.ts';
import { findField, targetOf } from './registry.ts';

/** What to read of a field: nothing more for a plain one; of links, `fields` of the linked records. */
interface Wish {
  fields?: Specification;
  limit?: number;
  context?: Context;
}

/** Fields by name. */
export type Specification = Record<string, Wish>;

/** Levels of links, so that a circle ends. */
const DEEPEST = 8;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a specification. Throws Refusal `arguments_wrong` (422). */
export function readSpecification(value: unknown, depth = 0): Specification {
  const wrong = () =>
    new Refusal('arguments_wrong', { status: 422, values: { detail: 'specification' } });
  if (!isObject(value) || depth > DEEPEST) throw wrong();
  for (const wish of Object.values(value)) {
    if (!isObject(wish)) throw wrong();
    if (wish.fields !== undefined) readSpecification(wish.fields, depth + 1);
    if (wish.context !== undefined && !isObject(wish.context)) throw wrong();
  }
  return value as Specification;
}

/** Numbers at the other end of a link, as `read` gives them. */
function endsOf(field: ModelField, value: unknown, { limit }: Wish): number[] {
  if (field.kind === 'many2one') return typeof value === 'number' ? [value] : [];
  const ids = Array.isArray(value) ? (value as number[]) : [];
  return limit !== undefined && limit > 0 ? ids.slice(0, limit) : ids;
}

/** Whether no more than the name of the record is asked for, which everybody sees who sees the link. */
const asksName = ({ kind }: ModelField, { fields }: Wish) =>
  kind === 'many2one' &&
  fields !== undefined &&
  Object.keys(fields).every((name) => name === 'id' || name === 'display_name');

/** Puts the names of linked records in place of their numbers. */
async function name(asker: Asker, model: Model, fields: string[], rows: RecordValues[]) {
  const ids = rows.map(({ id }) => id);
  const named = new Map((await read(asker, model, ids, { fields })).map((row) => [row.id, row]));
  for (const row of rows)
    for (const field of fields) {
      const pair = named.get(row.id)?.[field];
      row[field] = Array.isArray(pair) ? { id: pair[0], display_name: pair[1] } : false;
    }
}

/** Puts the linked records in place of their numbers. */
async function unfold(asker: Asker, field: ModelField, wish: Wish, rows: RecordValues[]) {
  const target = targetOf(field);
  const ids = [...new Set(rows.flatMap((row) => endsOf(field, row[field.name], wish)))];
  const context = { ...asker.context, ...wish.context };
  const inside = wish.context ? askerOf(asker, context) : asker;
  const found = ids.length > 0 ? await webRead(inside, target, ids, wish.fields!) : [];
  const byId = new Map(found.map((row) => [row.id, row]));
  for (const row of rows) {
    const records = endsOf(field, row[field.name], wish).flatMap((id) => byId.get(id) ?? []);
    row[field.name] = field.kind === 'many2one' ? (records[0] ?? false) : records;
  }
}

/**
 * The records with what the specification asks: a link with `fields` as the linked record (or false), lists
 * with `fields` as records, all others as `read` gives them, links as numbers.
 * Throws what `read` throws.
 */
export async function webRead(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  specification: Specification,
): Promise<RecordValues[]> {
  const names = Object.keys(specification);
  const rows = await read(asker, model, ids, {
    fields: names.length > 0 ? names : ['id'],
    plainIds: true,
  });
  const wishes = names.map((field) => [findField(model, field), specification[field]!] as const);
  const named = wishes.filter(([field, wish]) => asksName(field, wish));
  if (named.length > 0)
    await name(
      asker,
      model,
      named.map(([field]) => field.name),
      rows,
    );
  for (const [field, wish] of wishes)
    if ('to' in field && wish.fields !== undefined && !asksName(field, wish))
      await unfold(asker, field, wish, rows);
  return rows;
}
