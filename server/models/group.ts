// read_group: counts and sums by one or more fields, in one statement.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { allowedRows, searched } from './condition.ts';
import type { Asker, Model, ModelField } from './define.ts';
import {
  across,
  column,
  frameOf,
  from,
  isText,
  nameOf,
  ofTenant,
  valueOf,
  type Frame,
  type Sql,
} from './frame.ts';
import { findField, targetOf } from './registry.ts';
import { mustSeeField, mustUse } from './rights.ts';

const SPANS = new Set(['hour', 'day', 'week', 'month', 'quarter', 'year']);
const AGGREGATES: Record<string, string> = {
  sum: 'sum',
  avg: 'avg',
  max: 'max',
  min: 'min',
  count: 'count',
  bool_and: 'bool_and',
  bool_or: 'bool_or',
};

/** What to group by, read: `country_id`, `create_date:month`. */
interface Grouping {
  /** As the client wrote it: the key in the answer. */
  spec: string;
  field: ModelField;
  span: string | null;
}

interface Aggregate {
  name: string;
  sql: Sql;
}

/** What a client asks of read_group. */
export interface GroupWish {
  domain?: unknown;
  fields?: readonly string[];
  groupby: readonly string[];
  offset?: number;
  limit?: number | null;
  orderby?: string | null | false;
  lazy?: boolean;
}

function wrong(detail: string): Refusal {
  return new Refusal('order_invalid', { status: 422, values: { order: detail } });
}

function readGrouping(asker: Asker, model: Model, spec: string): Grouping {
  const [name = '', span = null] = spec.split(':');
  const field = findField(model, name);
  mustSeeField(asker, model, field, 'read');
  const dated = field.kind === 'date' || field.kind === 'datetime';
  if (field.secret || field.kind === 'binary' || field.kind === 'one2many') throw wrong(spec);
  if (span !== null && (!dated || !SPANS.has(span))) throw wrong(spec);
  if ('to' in field) mustUse(asker, targetOf(field), 'read');
  return { spec, field, span: dated ? (span ?? 'month') : null };
}

/** Days are cut in the zone of the context; a call without one gets UTC, as Odoo does. */
const zoneOf = ({ context, timeZone }: Asker) => (context.tz ? timeZone : 'UTC');

/** The value rows are grouped by; date-times fall into the reader's days. */
function keyOf(frame: Frame, { field, span }: Grouping): Sql {
  const value = valueOf(frame, field);
  if (field.kind === 'many2many') return sql`${sql.ref(`m_${field.name}`)}.id`;
  if (span !== null) {
    const local =
      field.kind === 'datetime' ? sql`${value} at time zone ${zoneOf(frame.asker)}::text` : value;
    return sql`date_trunc(${sql.lit(span)}, ${local})`;
  }
  if (isText(field)) return sql`nullif(${value}, '')`;
  return field.kind === 'boolean' ? sql`coalesce(${value}, false)` : value;
}

function listJoin(frame: Frame, { field }: Grouping): Sql {
  if (field.kind !== 'many2many') return sql``;
  const { other, tie } = across(frame, field);
  return sql` left join lateral (select ${column(other, 'id')} as id ${from(other)}
    where ${tie} and ${allowedRows(other, 'read')})
    as ${sql.ref(`m_${field.name}`)} on true`;
}

const NOT_SUMMED = new Set(['id', 'sequence', 'color', 'res_id']);

function readAggregates(asker: Asker, frame: Frame, wish: GroupWish): Aggregate[] {
  const grouped = wish.groupby.map((spec) => spec.split(':')[0]);
  const found: Aggregate[] = [];
  for (const spec of wish.fields ?? []) {
    const match = /^(\w+)(?::(\w+)(?:\((\w+)\))?)?$/.exec(spec);
    if (!match) throw wrong(spec);
    const [, name = '', agg, inner] = match;
    if (name === '__count') continue;
    const field = findField(frame.model, inner ?? name);
    if (field.delegated ? false : grouped.includes(name)) continue;
    const numeric = field.kind === 'integer' || field.kind === 'float';
    if (!agg && (!numeric || NOT_SUMMED.has(name) || !field.stored)) continue;
    mustSeeField(asker, frame.model, field, 'read');
    found.push({ name, sql: aggregate(frame, field, agg ?? 'sum', spec) });
  }
  return found;
}

function aggregate(frame: Frame, field: ModelField, name: string, spec: string): Sql {
  const value = valueOf(frame, field);
  if (field.secret) throw wrong(spec);
  if (name === 'count_distinct') return sql`count(distinct ${value})::integer`;
  if (name === 'array_agg') return sql`array_agg(${value} order by ${column(frame, 'id')})`;
  const known = AGGREGATES[name];
  if (!known) throw wrong(spec);
  if (known === 'count') return sql`count(${value})::integer`;
  if (known === 'sum' || known === 'avg') return sql`${sql.raw(known)}(${value})::double precision`;
  return sql`${sql.raw(known)}(${value})`;
}

/** Order by groups and aggregates; labels of records as a reader's eye sorts them. */
function orderOf(groupings: Grouping[], aggregates: Aggregate[], wish: GroupWish): Sql {
  const sortable = (i: number) =>
    isText(groupings[i]!.field)
      ? sql`${sql.ref(`g${i}`)} collate "und-x-icu"`
      : 'to' in groupings[i]!.field
        ? sql`${sql.ref(`l${i}`)} collate "und-x-icu"`
        : sql.ref(`g${i}`);
  const parts = (wish.orderby || '').split(',').filter((part) => part.trim());
  const asked = parts.map((part) => {
    const [, name = '', direction = 'asc'] = /^\s*([\w:]+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    const group = groupings.findIndex(({ spec, field }) => spec === name || field.name === name);
    const turn = sql.raw(direction.toLowerCase());
    if (group >= 0) return sql`${sortable(group)} ${turn}`;
    if (name === '__count' || name === `${groupings[0]?.field.name}_count`)
      return sql`many ${turn}`;
    const at = aggregates.findIndex((one) => one.name === name.split(':')[0]);
    if (at < 0) throw wrong(part);
    return sql`${sql.ref(`a${at}`)} ${turn}`;
  });
  const all = asked.length > 0 ? asked : groupings.map((_, i) => sql`${sortable(i)} asc`);
  return all.length > 0 ? sql`order by ${sql.join(all)}` : sql``;
}

/** The label of a grouped record, found once a group. */
function labelOf(frame: Frame, grouping: Grouping, i: number): Sql {
  if (!('to' in grouping.field)) return sql`null::text`;
  const other = frameOf(frame.asker, targetOf(grouping.field), frame);
  return sql`(select ${nameOf(other)} ${from(other)}
    where ${ofTenant(other)} and ${column(other, 'id')} = ${sql.ref(`q.g${i}`)})`;
}

type Row = Record<string, unknown> & { many: number };

async function query(
  asker: Asker,
  frame: Frame,
  groupings: Grouping[],
  aggregates: Aggregate[],
  wish: GroupWish,
) {
  const keys = groupings.map((one, i) => sql`${keyOf(frame, one)} as ${sql.ref(`g${i}`)}`);
  const sums = aggregates.map((one, i) => sql`${one.sql} as ${sql.ref(`a${i}`)}`);
  const joins = groupings.map((one) => listJoin(frame, one));
  const by = groupings.length
    ? sql`group by ${sql.join(groupings.map((_, i) => sql.raw(String(i + 1))))}`
    : sql``;
  const inner = sql`select ${sql.join([...keys, sql`count(*)::integer as many`, ...sums])}
    ${from(frame)}${sql.join(joins, sql``)}
    where ${ofTenant(frame)} and ${searched(frame, wish.domain)} and ${allowedRows(frame, 'read')} ${by}`;
  const labels = groupings.map((one, i) => sql`${labelOf(frame, one, i)} as ${sql.ref(`l${i}`)}`);
  const most = wish.limit ? sql`limit ${wish.limit}::bigint` : sql``;
  const skip = wish.offset ? sql`offset ${wish.offset}::bigint` : sql``;
  const { rows } = await sql<Row>`
    select * from (select ${sql.join([sql`q.*`, ...labels])} from (${inner}) as q) as r
    ${orderOf(groupings, aggregates, wish)} ${most} ${skip}`.execute(asker.db);
  return rows;
}

// ── The answer ──────────────────────────────────────────────────────────────────────────────────

const pad = (n: number) => String(n).padStart(2, '0');

/** A local moment of the database as text; `pg` reads it as a Date in this process's zone. */
function localText(moment: Date): string {
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())} ${pad(moment.getHours())}:00:00`;
}

function plus(text: string, span: string): string {
  const at = new Date(`${text.replace(' ', 'T')}Z`);
  if (span === 'hour') at.setUTCHours(at.getUTCHours() + 1);
  else if (span === 'day') at.setUTCDate(at.getUTCDate() + 1);
  else if (span === 'week') at.setUTCDate(at.getUTCDate() + 7);
  else if (span === 'month') at.setUTCMonth(at.getUTCMonth() + 1);
  else if (span === 'quarter') at.setUTCMonth(at.getUTCMonth() + 3);
  else at.setUTCFullYear(at.getUTCFullYear() + 1);
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** A local time of a zone as UTC text. */
function toUtc(local: string, timeZone: string): string {
  const guess = new Date(`${local.replace(' ', 'T')}Z`);
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const [d, m, y, h, min, s] = format.format(guess).match(/\d+/g)!.map(Number);
  const seen = Date.UTC(y!, m! - 1, d!, h!, min!, s!);
  return new Date(2 * guess.getTime() - seen).toISOString().slice(0, 19).replace('T', ' ');
}

function spanLabel(language: string, text: string, span: string): string {
  const at = new Date(`${text.replace(' ', 'T')}Z`);
  const { locale } = wordsFor(language);
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(at);
  switch (span) {
    case 'year':
      return say({ year: 'numeric' });
    case 'quarter':
      return `Q${Math.floor(at.getUTCMonth() / 3) + 1} ${at.getUTCFullYear()}`;
    case 'month':
      return say({ month: 'long', year: 'numeric' });
    case 'hour':
      return say({ day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
    default:
      return say({ day: '2-digit', month: 'short', year: 'numeric' });
  }
}

interface Answered {
  value: unknown;
  domain: unknown[];
  range?: { from: string; to: string } | false;
}

function answerDate(asker: Asker, { field, span }: Grouping, key: unknown): Answered {
  if (key === null) return { value: false, domain: [[field.name, '=', false]], range: false };
  const text = key instanceof Date ? localText(key) : `${String(key).slice(0, 10)} 00:00:00`;
  const zone = field.kind === 'datetime' ? zoneOf(asker) : null;
  const say = (local: string) => (zone ? toUtc(local, zone) : local.slice(0, 10));
  const range = { from: say(text), to: say(plus(text, span!)) };
  return {
    value: spanLabel(asker.language, text, span!),
    domain: ['&', [field.name, '>=', range.from], [field.name, '<', range.to]],
    range,
  };
}

function answerKey(asker: Asker, grouping: Grouping, row: Row, i: number): Answered {
  const key = row[`g${i}`] ?? null;
  const { field, span } = grouping;
  if (span !== null) return answerDate(asker, grouping, key);
  if (key === null) return { value: false, domain: [[field.name, '=', false]] };
  const value = 'to' in field ? [key, row[`l${i}`] ?? ''] : key;
  return { value, domain: [[field.name, '=', key]] };
}

/**
 * Groups records. With `lazy` only by the first of `groupby`; the rest is told in `__context`.
 * Throws Refusal `field_unknown`, `order_invalid`, and the rights' refusals.
 */
export async function readGroup(asker: Asker, model: Model, wish: GroupWish) {
  mustUse(asker, model, 'read');
  const lazy = wish.lazy ?? true;
  const frame = frameOf(asker, model);
  const all = wish.groupby.map((spec) => readGrouping(asker, model, spec));
  const groupings = lazy ? all.slice(0, 1) : all;
  const aggregates = readAggregates(asker, frame, wish);
  const rows = await query(asker, frame, groupings, aggregates, wish);
  const single = lazy && groupings.length === 1;
  return rows.map((row) => {
    const group: Record<string, unknown> = {};
    const ranges: Record<string, unknown> = {};
    const domains: unknown[] = [];
    groupings.forEach((grouping, i) => {
      const { value, domain, range } = answerKey(asker, grouping, row, i);
      group[grouping.spec] = value;
      domains.push(...domain);
      if (range !== undefined) ranges[grouping.spec] = range;
    });
    aggregates.forEach(({ name }, i) => (group[name] = row[`a${i}`] ?? false));
    group[single ? `${groupings[0]!.field.name}_count` : '__count'] = row.many;
    group.__domain = [
      ...domains,
      ...(Array.isArray(wish.domain) ? (wish.domain as unknown[]) : []),
    ];
    if (Object.keys(ranges).length > 0) group.__range = ranges;
    if (lazy && all.length > 1) group.__context = { group_by: wish.groupby.slice(1) };
    return group;
  });
}
