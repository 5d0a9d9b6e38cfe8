// Domains as SQL, and record rules with them: one condition, whatever the path, in one statement.
// A path, like a sort order, is a read: each step asks for the right on the model it crosses, the
// groups of the field and the rows its rules allow.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { asSystem, withArchived } from './asker.ts';
import { compare, isEmpty } from './compare.ts';
import type { Asker, Model, ModelField, Operation } from './define.ts';
import { asksActive, readDomain, type Term, type Tree } from './domain.ts';
import { across, column, frameOf, from, ofTenant, valueOf, type Frame, type Sql } from './frame.ts';
import { findField, isRelational, targetOf } from './registry.ts';
import { mustSeeField, mustUse, rulesFor, type Rule } from './rights.ts';
import { Found, valueRule } from './rule-values.ts';

const NEGATIVE: Record<string, string> = {
  '!=': '=',
  'not in': 'in',
  'not like': 'like',
  'not ilike': 'ilike',
  'not any': 'any',
};

/** Parts of a date that a path may end in, as PostgreSQL's `extract` names them. */
const DATE_PARTS: Record<string, string> = {
  year_number: 'year',
  quarter_number: 'quarter',
  month_number: 'month',
  iso_week_number: 'week',
  day_of_week: 'dow',
  day_of_month: 'day',
  day_of_year: 'doy',
  hour_number: 'hour',
  minute_number: 'minute',
  second_number: 'second',
};

/** Paths longer than this are nobody's question. */
const LONGEST_PATH = 12;

const and = (parts: Sql[]): Sql =>
  parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
const or = (parts: Sql[]): Sql =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
const not = (part: Sql): Sql => sql`(${part}) is not true`;

/** The domain as a condition on the frame. Throws Refusal `domain_invalid`, `field_unknown`, and the rights' refusals. */
export function conditionOf(frame: Frame, domain: unknown): Sql {
  return treeCondition(frame, readDomain(domain), 0);
}

/** The domain with the implicit filter on `active`, unless the domain or the context says otherwise. */
export function searched(frame: Frame, domain: unknown): Sql {
  const tree = readDomain(domain);
  const condition = treeCondition(frame, tree, 0);
  return and([condition, ...implicitActive(frame, tree)]);
}

function implicitActive(frame: Frame, tree: Tree): Sql[] {
  const active = frame.model.all.get('active');
  if (!active || frame.asker.context.active_test === false || asksActive(tree)) return [];
  return [sql`${valueOf(frame, active)}`];
}

function treeCondition(frame: Frame, tree: Tree, depth: number): Sql {
  if ('always' in tree) return tree.always ? sql`true` : sql`false`;
  if ('all' in tree) return and(tree.all.map((part) => treeCondition(frame, part, depth)));
  if ('some' in tree) return or(tree.some.map((part) => treeCondition(frame, part, depth)));
  if ('not' in tree) return not(treeCondition(frame, tree.not, depth));
  return termCondition(frame, tree.term, depth);
}

function bad(term: Term): Refusal {
  const domain = JSON.stringify([term.path, term.operator, term.value])?.slice(0, 200) ?? '';
  return new Refusal('domain_invalid', { status: 422, values: { domain } });
}

function termCondition(frame: Frame, term: Term, depth: number): Sql {
  if (depth > LONGEST_PATH) throw bad(term);
  const [first, ...rest] = term.path.split('.');
  const field = findField(frame.model, first!);
  mustSeeField(frame.asker, frame.model, field, 'read');
  if (field.secret) throw bad(term);
  if (rest.length === 1 && rest[0]! in DATE_PARTS) return datePart(frame, field, rest[0]!, term);
  if (rest.length > 0) {
    if (!isRelational(field)) throw bad(term);
    return reached(frame, field, [[rest.join('.'), term.operator, term.value]], depth);
  }
  if (term.operator === 'child_of' || term.operator === 'parent_of')
    return inTree(frame, field, term, depth);
  if (isRelational(field)) return relational(frame, field, term, depth);
  if (term.operator.endsWith('any')) throw bad(term);
  return compare(frame, field, term.operator, term.value);
}

function datePart(frame: Frame, field: ModelField, part: string, { operator, value }: Term): Sql {
  if (field.kind !== 'date' && field.kind !== 'datetime')
    throw bad({ path: part, operator, value });
  const taken = sql`extract(${sql.raw(DATE_PARTS[part]!)} from ${valueOf(frame, field)})`;
  const number: ModelField = { ...field, kind: 'integer', sql: () => taken, delegated: false };
  return compare(frame, number, operator, value);
}

/** Whether some record at the other end meets the domain, among those the asker may read. */
function reached(frame: Frame, field: ModelField, domain: unknown, depth: number): Sql {
  const { asker } = frame;
  const target = targetOf(field);
  // A record is one with its delegate: stepping over to it asks for no right of its own.
  const free = frame.model.delegates?.field === field.name;
  if (!free) mustUse(asker, target, 'read');
  const { other, tie } = across(frame, field);
  const tree = readDomain(domain);
  const active = field.kind === 'many2one' ? [] : implicitActive(other, tree);
  const rules = free ? [] : [allowedRows(other, 'read')];
  const inner = and([tie, treeCondition(other, tree, depth + 1), ...rules, ...active]);
  return sql`exists (select 1 ${from(other)} where ${inner})`;
}

function relational(frame: Frame, field: ModelField, term: Term, depth: number): Sql {
  const { operator, value } = term;
  const positive = NEGATIVE[operator];
  const negated = field.kind !== 'many2one' || operator === 'not any' || !isPlain(value);
  if (positive && negated)
    return not(relational(frame, field, { ...term, operator: positive }, depth));
  if (operator === 'any') return reached(frame, field, value, depth);
  if (operator === '=?')
    return isEmpty(value) ? sql`true` : relational(frame, field, { ...term, operator: '=' }, depth);
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  if (texts.length > 0) return byName(frame, field, operator, value, depth);
  if (field.kind === 'many2one') return compare(frame, field, operator, value);
  return listed(frame, field, term, depth);
}

/** A number, a list of numbers, or nothing: what a many2one's column compares with. */
function isPlain(value: unknown): boolean {
  const plain = (one: unknown) => typeof one !== 'string' && !(one instanceof Found && one.many);
  return Array.isArray(value) ? value.every(plain) : plain(value);
}

function byName(frame: Frame, field: ModelField, operator: string, value: unknown, depth: number) {
  const target = targetOf(field);
  const values = Array.isArray(value) ? value : [value];
  const op = operator === 'in' ? '=' : operator;
  const some = values.map((one) =>
    typeof one === 'string'
      ? reached(frame, field, namedDomain(target, op, one), depth)
      : relational(frame, field, { path: field.name, operator: '=', value: one }, depth),
  );
  return or(some);
}

/** The domain that finds records of the model by what they are called. */
export function namedDomain(model: Model, operator: string, text: string): unknown[] {
  const fields = model.searched ?? ['display_name'];
  return [
    ...Array<string>(fields.length - 1).fill('|'),
    ...fields.map((name) => [name, operator, text]),
  ];
}

/** An x2many holds a record (`=`, `in`), or none (`= false`). */
function listed(frame: Frame, field: ModelField, term: Term, depth: number): Sql {
  const { operator, value } = term;
  if (operator !== '=' && operator !== 'in') throw bad(term);
  const wanted = Array.isArray(value) ? value : [value];
  const parts: Sql[] = [];
  if (wanted.some(isEmpty)) parts.push(not(reached(frame, field, [], depth)));
  const ids = wanted.filter((one) => !isEmpty(one));
  if (ids.length > 0)
    parts.push(reached(frame, field, [['id', 'in', ids], ...anyActive(field)], depth));
  return or(parts);
}

/** A record that is named by its number is found archived too. */
function anyActive(field: ModelField): unknown[] {
  return targetOf(field).all.has('active')
    ? ['|', ['active', '=', true], ['active', '=', false]]
    : [];
}

/** Everything below or above the given records, themselves included, archived ones too; rights are not asked on the way. */
function inTree(frame: Frame, field: ModelField, term: Term, depth: number): Sql {
  const target = isRelational(field) ? targetOf(field) : frame.model;
  if (!isRelational(field) && field.name !== 'id') throw bad(term);
  const parent = target.all.get(target.parent ?? 'parent_id');
  if (!parent || parent.kind !== 'many2one') throw bad(term);
  const ids = treeOf(frame, target, parent, term);
  if (isRelational(field) && field.kind !== 'many2one')
    return reached(
      frame,
      field,
      [['id', 'in', [new Found(ids, true)]], ...anyActive(field)],
      depth,
    );
  return sql`${valueOf(frame, field)} in ${ids}`;
}

function treeOf(frame: Frame, target: Model, parent: ModelField, { operator, value }: Term): Sql {
  const asker = asSystem(withArchived(frame.asker), 'walk a hierarchy');
  const root = frameOf(asker, target, frame);
  const step = frameOf(asker, target, frame);
  const values = Array.isArray(value) ? value : [value];
  const roots = or(values.filter((one) => !isEmpty(one)).map((one) => rootCondition(root, one)));
  const tree = sql.ref(`w${++frame.counter.last}`);
  const climb = operator === 'parent_of';
  const link = climb
    ? sql`${column(step, 'id')} = ${tree}.up`
    : sql`${valueOf(step, parent)} = ${tree}.id`;
  return sql`(with recursive ${tree} as (
    select ${column(root, 'id')} as id, ${valueOf(root, parent)} as up ${from(root)}
      where ${ofTenant(root)} and ${roots}
    union select ${column(step, 'id')}, ${valueOf(step, parent)} ${from(step)}, ${tree}
      where ${ofTenant(step)} and ${link})
    select id from ${tree})`;
}

function rootCondition(root: Frame, value: unknown): Sql {
  if (typeof value === 'string')
    return treeCondition(root, readDomain(namedDomain(root.model, 'ilike', value)), 1);
  return compare(root, root.model.all.get('id')!, '=', value);
}

// ── Rules ───────────────────────────────────────────────────────────────────────────────────────

/** One rule as a condition on the frame: its own paths are walked with full powers. */
export function ruleCondition(frame: Frame, rule: Rule): Sql {
  const asker = asSystem(withArchived(frame.asker), 'value a record rule');
  return conditionOf(heldBy(frame, asker), valueRule(frame.asker, rule.domain));
}

function heldBy(frame: Frame, asker: Asker): Frame {
  return { ...frame, asker, delegate: frame.delegate && heldBy(frame.delegate, asker) };
}

function rowConditions(frame: Frame, operation: Operation): Sql[] {
  if (frame.asker.system !== undefined) return [];
  const { global, ofGroups } = rulesFor(frame.asker, frame.model, operation);
  const own = global.map((rule) => ruleCondition(frame, rule));
  if (ofGroups.length > 0) own.push(or(ofGroups.map((rule) => ruleCondition(frame, rule))));
  // What is done to a record is done to its delegate: the delegate's rules hold too.
  return frame.delegate ? [...own, ...rowConditions(frame.delegate, operation)] : own;
}

/** Whether rules may leave out rows for this asker. */
export function isRuled(frame: Frame, operation: Operation): boolean {
  if (frame.asker.system !== undefined) return false;
  const { global, ofGroups } = rulesFor(frame.asker, frame.model, operation);
  if (global.length + ofGroups.length > 0) return true;
  return frame.delegate !== null && isRuled(frame.delegate, operation);
}

/**
 * The one predicate: the rows of the frame that the asker may do this to. Global rules are joined by
 * and, the rules of their groups by or. The right on the model itself is `mustUse`'s to ask.
 */
export function allowedRows(frame: Frame, operation: Operation): Sql {
  return and(rowConditions(frame, operation));
}
