// The verbs that read: search, count, read, search_read, name_search, exists. Each is one statement.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { asSystem } from './asker.ts';
import { allowedRows, conditionOf, isRuled, namedDomain, searched } from './condition.ts';
import type { Asker, Model, ModelField, Operation } from './define.ts';
import {
  column,
  frameOf,
  from,
  homeOf,
  linked,
  nameOf,
  ofTenant,
  orderTerms,
  pair,
  sortKeys,
  valueOf,
  type Frame,
  type Sql,
} from './frame.ts';
import { findField, targetOf } from './registry.ts';
import { mayUse, mustSeeField, mustUse, seesField } from './rights.ts';

/** What to find, as clients say it. */
export interface Search {
  domain?: unknown;
  /** A piece of the record's name, as `name_search` takes it. */
  name?: string;
  order?: string | null;
  /** Most records; 0 or nothing is all. */
  limit?: number | null;
  offset?: number;
}

/** A record as clients read it: `id`, and the fields that were asked for. */
export type RecordValues = Record<string, unknown> & { id: number };

// ── Order ───────────────────────────────────────────────────────────────────────────────────────

const ORDER = /^([a-z_][a-z0-9_]*)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i;

function orderPart(frame: Frame, part: string): Sql[] {
  const match = ORDER.exec(part.trim());
  const wrong = () => new Refusal('order_invalid', { status: 422, values: { order: part } });
  if (!match) throw wrong();
  const [, name, direction = 'asc', nulls] = match;
  const field = findField(frame.model, name!);
  mustSeeField(frame.asker, frame.model, field, 'read');
  if (field.kind === 'many2one') mustUse(frame.asker, targetOf(field), 'read');
  if (field.secret || field.kind.endsWith('2many') || field.kind === 'binary') throw wrong();
  const down = direction.toLowerCase() === 'desc';
  const end = nulls ? sql.raw(` nulls ${nulls.toLowerCase()}`) : sql``;
  return sortKeys(frame, field).map(
    ({ key, turns }) => sql`${key} ${sql.raw(turns === down ? 'asc' : 'desc')}${end}`,
  );
}

/** The order of the rows: what was asked, else the model's own; by number last, so that pages never overlap. */
export function ordered(frame: Frame, order: string | null | undefined): Sql {
  const own = () =>
    orderTerms(frame.model).map(({ field, descending }) => `${field}${descending ? ' desc' : ''}`);
  const parts = order ? order.split(',') : own();
  if (parts.length > 20)
    throw new Refusal('order_invalid', { status: 422, values: { order: order ?? '' } });
  const asker = order ? frame.asker : asSystem(frame.asker, 'sort by the model’s own order');
  const keys = parts.flatMap((part) => orderPart({ ...frame, asker }, part));
  const last = parts.some((part) => part.trim().split(/\s/)[0] === 'id')
    ? []
    : [column(frame, 'id')];
  return sql`order by ${sql.join([...keys, ...last])}`;
}

/** `limit` and `offset`. */
export function page({ limit, offset }: Search): Sql {
  const whole = (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0;
  const most = whole(limit);
  const skip = whole(offset);
  return sql`${most ? sql`limit ${most}::bigint` : sql``} ${skip ? sql`offset ${skip}::bigint` : sql``}`;
}

// ── Searching ───────────────────────────────────────────────────────────────────────────────────

/** Where the frame's rows are the asker's to read and meet the domain. */
function found(frame: Frame, { domain, name = '' }: Search): Sql {
  const named = name === '' ? sql`true` : nameCondition(frame, 'ilike', name);
  return sql`where ${ofTenant(frame)} and ${searched(frame, domain)} and ${named}
    and ${allowedRows(frame, 'read')}`;
}

function searching(asker: Asker, model: Model): Frame {
  mustUse(asker, model, 'read');
  return frameOf(asker, model);
}

/** Numbers of the records that meet the domain, in order. Throws Refusal `access_model`, and the domain's. */
export async function search(asker: Asker, model: Model, wish: Search): Promise<number[]> {
  const frame = searching(asker, model);
  const { rows } = await sql<{ id: number }>`select ${column(frame, 'id')} as id ${from(frame)}
    ${found(frame, wish)} ${ordered(frame, wish.order)} ${page(wish)}`.execute(asker.db);
  return rows.map(({ id }) => id);
}

/** How many records meet the domain and go by the name; no more than `limit`, if one is given. */
export async function count(
  asker: Asker,
  model: Model,
  domain: unknown,
  limit?: number | null,
  name?: string,
): Promise<number> {
  const frame = searching(asker, model);
  const inner = sql`select 1 ${from(frame)} ${found(frame, { domain, name })} ${page({ limit })}`;
  const { rows } = await sql<{ many: number }>`
    select count(*)::integer as many from (${inner}) as found`.execute(asker.db);
  return rows[0]!.many;
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────

/** The rows at the other end of an x2many that the asker may read, in the target's order. */
export function readableEnds(frame: Frame, field: ModelField): { other: Frame; rows: Sql } {
  const other = frameOf(frame.asker, targetOf(field), frame);
  const rows = sql`${from(other)} where ${ofTenant(other)} and ${linked(frame, field, other)}
    and ${searched(other, [])} and ${allowedRows(other, 'read')} ${ordered(other, null)}`;
  return { other, rows };
}

/** The numbers at the other end of an x2many that the asker may read, in the target's order. */
function linkedIds(frame: Frame, field: ModelField): Sql {
  const target = targetOf(field);
  const { asker } = frame;
  if (!mayUse(asker, target, 'read')) return sql`'{}'::integer[]`;
  const { other, rows } = readableEnds(frame, field);
  return sql`array(select ${column(other, 'id')} ${rows})`;
}

/** A field as clients read it, in SQL; what is unset comes as null (or 0, or false). */
function shown(frame: Frame, field: ModelField, plainIds: boolean): Sql {
  if (field.secret) return sql`''`;
  switch (field.kind) {
    case 'boolean':
      return sql`coalesce(${valueOf(frame, field)}, false)`;
    case 'integer':
    case 'float':
      return sql`coalesce(${valueOf(frame, field)}, 0)`;
    case 'datetime':
      return sql`to_char(${valueOf(frame, field)} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;
    case 'date':
      return sql`to_char(${valueOf(frame, field)}, 'YYYY-MM-DD')`;
    case 'many2one':
      return plainIds ? valueOf(frame, field) : pair(frame, field);
    case 'one2many':
    case 'many2many':
      return linkedIds(frame, field);
    case 'binary':
      return field.sql
        ? valueOf(frame, field)
        : sql`encode(${column(homeOf(frame, field), field.column ?? field.name)}, 'base64')`;
    default:
      return valueOf(frame, field);
  }
}

/** The size text that `bin_size` asks for: `315.00 bytes`, `1.20 Kb`. */
function sizeText(base64: string): string {
  let size = Math.floor((base64.replace(/[\s=]/g, '').length * 3) / 4);
  for (const unit of ['bytes', 'Kb', 'Mb']) {
    if (size < 1024) return `${size.toFixed(2)} ${unit}`;
    size /= 1024;
  }
  return `${size.toFixed(2)} Gb`;
}

/** The fields to read: those asked for, or all that the asker may. Throws `field_unknown`, `access_field`. */
function fieldsToRead(asker: Asker, model: Model, names: readonly string[] | null): ModelField[] {
  if (!names || names.length === 0)
    return [...model.all.values()].filter(
      (field) => seesField(asker, field) && crosses(asker, field),
    );
  return [...new Set(names)].map((name) => {
    const field = findField(model, name);
    mustSeeField(asker, model, field, 'read');
    return field;
  });
}

/** Whether the other end of a relation is the asker's to read at all. */
function crosses(asker: Asker, field: ModelField): boolean {
  return !('to' in field) || field.kind === 'many2one' || mayUse(asker, targetOf(field), 'read');
}

function columns(frame: Frame, fields: readonly ModelField[], plainIds: boolean): Sql {
  const parts = fields
    .filter(({ name }) => name !== 'id')
    .map((field) => sql`${shown(frame, field, plainIds)} as ${sql.ref(field.name)}`);
  return sql.join([sql`${column(frame, 'id')} as id`, ...parts]);
}

/** Rows as records: unset is false, a picture is a size where the context asks for sizes. */
function toRecords(
  { context }: Asker,
  fields: readonly ModelField[],
  rows: Record<string, unknown>[],
): RecordValues[] {
  const sized = fields.filter(
    ({ kind, name }) => kind === 'binary' && (context.bin_size || context[`bin_size_${name}`]),
  );
  for (const row of rows) {
    for (const name in row) if (row[name] === null) row[name] = false;
    for (const { name } of sized)
      if (typeof row[name] === 'string') row[name] = sizeText(row[name]);
  }
  return rows as RecordValues[];
}

/** Search and read at once. `plainIds`: many2one as a number, not as number and name. */
export async function searchRead(
  asker: Asker,
  model: Model,
  wish: Search & { fields?: readonly string[] | null; plainIds?: boolean },
): Promise<RecordValues[]> {
  const frame = searching(asker, model);
  const fields = fieldsToRead(asker, model, wish.fields ?? null);
  const { rows } = await sql<Record<string, unknown>>`
    select ${columns(frame, fields, wish.plainIds ?? false)} ${from(frame)}
    ${found(frame, wish)} ${ordered(frame, wish.order)} ${page(wish)}`.execute(asker.db);
  return toRecords(asker, fields, rows);
}

function hidden(model: Model, operation: Operation, ids: readonly number[]): Refusal {
  return new Refusal('access_rule', {
    status: 403,
    values: { model: model.name, operation, ids: ids.slice(0, 10).join(', ') },
  });
}

/** The refusal for records that are not there. */
export function missing(asker: Asker, model: Model, ids: readonly number[]): Refusal {
  return new Refusal('record_missing', {
    status: 404,
    values: { model: model.name, ids: `${ids.slice(0, 10).join(', ')},`, user: asker.person.id },
  });
}

/** Numbers as clients send them: one or a list. Throws Refusal `arguments_wrong` (422). */
export function readIds(value: unknown): number[] {
  const list = Array.isArray(value)
    ? value
    : value === false || value === null || value === undefined
      ? []
      : [value];
  if (!list.every((id) => Number.isInteger(id) && Math.abs(id as number) < 2 ** 31))
    throw new Refusal('arguments_wrong', { status: 422, values: { detail: 'ids' } });
  return list as number[];
}

/**
 * Reads records in the order of `ids`; those that are gone are left out.
 * Throws Refusal `access_rule` (403) when a rule hides any of them, `access_field`, `field_unknown`.
 */
export async function read(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  {
    fields: names,
    plainIds = false,
  }: { fields?: readonly string[] | null; plainIds?: boolean } = {},
): Promise<RecordValues[]> {
  const frame = searching(asker, model);
  const fields = fieldsToRead(asker, model, names ?? null);
  const mine = isRuled(frame, 'read') ? allowedRows(frame, 'read') : sql`true`;
  const { rows } = await sql<Record<string, unknown>>`
    select ${columns(frame, fields, plainIds)}, ${mine} as "?" ${from(frame)}
    where ${ofTenant(frame)} and ${column(frame, 'id')} = any(${ids}::integer[])`.execute(asker.db);
  const kept = rows.filter((row) => row['?'] !== true);
  if (kept.length > 0)
    throw hidden(
      model,
      'read',
      kept.map(({ id }) => id as number),
    );
  for (const row of rows) delete row['?'];
  const byId = new Map(toRecords(asker, fields, rows).map((record) => [record.id, record]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * Throws Refusal `record_missing` (404) unless all are there, `access_rule` (403) unless the rules
 * allow this on every one of them. Before and after a write.
 */
export async function checkRows(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  operation: Operation,
): Promise<void> {
  const frame = frameOf(asker, model);
  const { rows } = await sql<{ id: number; mine: boolean | null }>`
    select ${column(frame, 'id')} as id, ${allowedRows(frame, operation)} as mine ${from(frame)}
    where ${ofTenant(frame)} and ${column(frame, 'id')} = any(${ids}::integer[])`.execute(asker.db);
  const there = new Map(rows.map(({ id, mine }) => [id, mine]));
  const gone = ids.filter((id) => !there.has(id));
  if (gone.length > 0) throw missing(asker, model, gone);
  const kept = ids.filter((id) => there.get(id) !== true);
  if (kept.length > 0) throw hidden(model, operation, kept);
}

/** Those of the numbers that are records. */
export async function exists(
  asker: Asker,
  model: Model,
  ids: readonly number[],
): Promise<number[]> {
  const frame = searching(asker, model);
  const { rows } = await sql<{ id: number }>`select ${column(frame, 'id')} as id ${from(frame)}
    where ${ofTenant(frame)} and ${column(frame, 'id')} = any(${ids}::integer[])`.execute(asker.db);
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => there.has(id));
}

// ── By name ─────────────────────────────────────────────────────────────────────────────────────

/** What finds records by a piece of their name, in one folded column where the model keeps one. */
function nameCondition(frame: Frame, operator: string, name: string): Sql {
  const { searchedColumn } = frame.model;
  if (operator === 'ilike' && searchedColumn) {
    const letters = `%${name.replace(/[\\%_]/g, '\\$&')}%`;
    return sql`${column(frame, searchedColumn)} like fold_text(${letters}::text)`;
  }
  const own = { ...frame, asker: asSystem(frame.asker, 'search by name') };
  return conditionOf(own, namedDomain(frame.model, operator, name));
}

/** Number and name of the records whose name matches, within the domain. */
export async function nameSearch(
  asker: Asker,
  model: Model,
  wish: { name?: string; domain?: unknown; operator?: string; limit?: number | null },
): Promise<[number, string][]> {
  const frame = searching(asker, model);
  const { name = '', operator = 'ilike', limit = 100 } = wish;
  const named = name === '' ? sql`true` : nameCondition(frame, operator, name);
  const { rows } = await sql<{ id: number; name: string | null }>`
    select ${column(frame, 'id')} as id, ${nameOf(frame)} as name ${from(frame)}
    ${found(frame, { domain: wish.domain })} and ${named} ${ordered(frame, null)} ${page({ limit })}`.execute(
    asker.db,
  );
  return rows.map((row) => [row.id, row.name ?? '']);
}
