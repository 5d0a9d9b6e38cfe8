// What the names in a record rule stand for, for one asker: constants where the person is known by
// them, else selects in the same statement.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { asSystem, companiesOf } from './asker.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { column, frameOf, from, linked, ofTenant, valueOf, type Sql } from './frame.ts';
import { findField, findModel, isRelational, targetOf } from './registry.ts';
import type { Expression } from './rule-text.ts';

/** A value that the statement itself finds: one, or a set of record numbers. */
export class Found {
  readonly select: Sql;
  readonly many: boolean;
  constructor(select: Sql, many: boolean) {
    this.select = select;
    this.many = many;
  }
}

function unknown(what: string): Refusal {
  return new Refusal('rule_invalid', { values: { rule: what } });
}

/** Walks `partner_id.commercial_partner_id.id` from one record; the record is named by `id`. */
function walk(asker: Asker, model: Model, id: Sql, path: readonly string[]): Found {
  const [first, ...rest] = path;
  if (first === undefined || (first === 'id' && rest.length === 0)) return new Found(id, false);
  const field = findField(model, first);
  const frame = frameOf(asSystem(asker, 'value a record rule'), model);
  const where = sql`where ${ofTenant(frame)} and ${column(frame, 'id')} = ${id}`;
  if (!isRelational(field)) {
    if (rest.length > 0) throw unknown(path.join('.'));
    return new Found(sql`(select ${valueOf(frame, field)} ${from(frame)} ${where})`, false);
  }
  if (field.kind !== 'many2one') return walkList(asker, model, field, id, rest);
  const next = sql`(select ${valueOf(frame, field)} ${from(frame)} ${where})`;
  return walk(asker, targetOf(field), next, rest);
}

function walkList(asker: Asker, model: Model, field: ModelField, id: Sql, rest: readonly string[]) {
  if (rest.length > 1 || (rest.length === 1 && rest[0] !== 'ids' && rest[0] !== 'id'))
    throw unknown([field.name, ...rest].join('.'));
  const frame = frameOf(asSystem(asker, 'value a record rule'), model);
  const other = frameOf(frame.asker, targetOf(field), frame);
  return new Found(
    sql`(select ${column(other, 'id')} ${from(frame)} join lateral (select * ${from(other)}
      where ${ofTenant(other)} and ${linked(frame, field, other)}) as ${sql.ref(other.alias)} on true
      where ${ofTenant(frame)} and ${column(frame, 'id')} = ${id})`,
    true,
  );
}

function named(asker: Asker, name: string, path: readonly string[]): unknown {
  const { person } = asker;
  const users = () => findModel('res.users');
  if (name === 'company_ids') return [...companiesOf(asker)];
  if (name === 'company_id') {
    const id = companiesOf(asker).includes(person.companyId)
      ? person.companyId
      : companiesOf(asker)[0]!;
    return walkConstant(asker, findModel('res.company'), id, path);
  }
  if (name !== 'user') throw unknown(name);
  const known: Record<string, number | readonly number[]> = {
    '': person.id,
    id: person.id,
    partner_id: person.partnerId,
    'partner_id.id': person.partnerId,
    company_id: person.companyId,
    'company_id.id': person.companyId,
    company_ids: person.companyIds,
    'company_ids.ids': person.companyIds,
  };
  const constant = known[path.join('.')];
  return constant === undefined ? walkConstant(asker, users(), person.id, path) : constant;
}

function walkConstant(asker: Asker, model: Model, id: number, path: readonly string[]): unknown {
  if (path.length === 0 || (path.length === 1 && path[0] === 'id')) return id;
  return walk(asker, model, sql`${id}::integer`, path);
}

/** Today or now, as `time.strftime` writes them; UTC, as Odoo's servers run. */
function timeText(asker: Asker, format: string): string {
  const iso = asker.now().toISOString();
  return format
    .replace('%Y', iso.slice(0, 4))
    .replace('%m', iso.slice(5, 7))
    .replace('%d', iso.slice(8, 10))
    .replace('%H', iso.slice(11, 13))
    .replace('%M', iso.slice(14, 16))
    .replace('%S', iso.slice(17, 19));
}

function called(asker: Asker, call: string, path: readonly string[], argument: string): unknown {
  const name = [call, ...path].join('.');
  if (name === 'user.has_group') return asker.person.groups.has(argument);
  if (name === 'time.strftime') return timeText(asker, argument);
  throw unknown(name);
}

/**
 * The domain a rule's text means for this asker. Values may be `Found`: the statement finds them.
 * Throws Refusal `rule_invalid` for a name or path that rules do not have.
 */
export function valueRule(asker: Asker, expression: Expression): unknown {
  if ('constant' in expression) return expression.constant;
  if ('list' in expression) return expression.list.map((item) => valueRule(asker, item));
  if ('call' in expression)
    return called(asker, expression.call, expression.path, expression.argument);
  if ('name' in expression) return named(asker, expression.name, expression.path);
  const [left, right] = expression.sum.map((side) => valueRule(asker, side));
  return [...asList(left), ...asList(right)];
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
