// One comparison of a field with a value, as Odoo compares: unset text is empty, unset numbers are 0,
// "not" includes the unset, `ilike` passes over case and accents.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { dateTimeIn } from './dates.ts';
import type { ModelField } from './define.ts';
import { homeOf, column, isText, valueOf, type Frame, type Sql } from './frame.ts';
import { Found } from './rule-values.ts';

/** What clients send for "unset". */
export function isEmpty(value: unknown): boolean {
  return value === false || value === null || value === undefined;
}

const isNumber = (field: ModelField) => field.kind === 'integer' || field.kind === 'float';

function bad(field: ModelField, operator: string, value: unknown): Refusal {
  const domain = JSON.stringify([field.name, operator, value])?.slice(0, 200) ?? '';
  return new Refusal('domain_invalid', { status: 422, values: { domain } });
}

/** The field has no value: null, or what its kind has in place of one. */
function unset(frame: Frame, field: ModelField): Sql {
  const value = valueOf(frame, field);
  if (isText(field)) return sql`coalesce(${value}, '') = ''`;
  if (isNumber(field) && field.name !== 'id') return sql`coalesce(${value}, 0) = 0`;
  if (field.kind === 'boolean') return sql`${value} is not true`;
  return sql`${value} is null`;
}

/** A value in the type of the field's column. Throws Refusal `domain_invalid` for what cannot be one. */
function typed(field: ModelField, operator: string, value: unknown): Sql {
  const wrong = () => bad(field, operator, value);
  switch (field.kind) {
    case 'boolean':
      return sql`${value === true || value === 1 || value === 'true'}::boolean`;
    case 'many2one':
    case 'integer': {
      const number = value === true ? 1 : typeof value === 'string' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong();
      return Number.isInteger(number) && Math.abs(number) < 2 ** 31
        ? sql`${number}::integer`
        : sql`${String(number)}::numeric`;
    }
    case 'float':
      // An object may refuse to be a number; null is nought.
      if (typeof value === 'object' && value !== null) throw wrong();
      if (!Number.isFinite(Number(value)) || value === '') throw wrong();
      return sql`${String(Number(value))}::double precision`;
    case 'date':
    case 'datetime':
      return dateTimeIn(field, value, operator, wrong);
    default:
      if (typeof value === 'object') throw wrong();
      if (String(value).includes('\0')) throw wrong();
      return sql`${String(value)}::text`;
  }
}

function equals(frame: Frame, field: ModelField, value: unknown): Sql {
  if (value instanceof Found)
    return value.many
      ? sql`${valueOf(frame, field)} in ${value.select}`
      : sql`${valueOf(frame, field)} = ${value.select}`;
  if (isEmpty(value)) return unset(frame, field);
  if (field.kind === 'boolean') return value ? sql`${valueOf(frame, field)}` : unset(frame, field);
  if (field.kind === 'datetime')
    return sql`date_trunc('second', ${valueOf(frame, field)}) = ${typed(field, '=', value)}`;
  return sql`${valueOf(frame, field)} = ${typed(field, '=', value)}`;
}

function among(frame: Frame, field: ModelField, value: unknown): Sql {
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) return sql`false`;
  if (
    values.every((one) => Number.isInteger(one)) &&
    field.kind !== 'datetime' &&
    isIntegers(field)
  )
    return sql`${valueOf(frame, field)} = any(${values.filter((one) => Math.abs(one as number) < 2 ** 31)}::integer[])`;
  return sql`(${sql.join(
    values.map((one) => equals(frame, field, one)),
    sql` or `,
  )})`;
}

const isIntegers = (field: ModelField) => field.kind === 'integer' || field.kind === 'many2one';

/** A pattern's last backslash must not stand alone: PostgreSQL would refuse it. */
function pattern(text: string): string {
  const tail = /\\*$/.exec(text)![0].length;
  return tail % 2 === 1 ? `${text}\\` : text;
}

/** `like` and its kin. Without case, also without accents; from the folded column where there is one. */
function alike(frame: Frame, field: ModelField, operator: string, value: unknown): Sql {
  if (isEmpty(value)) return sql`true`;
  if (typeof value === 'object' || String(value).includes('\0')) throw bad(field, operator, value);
  const text = String(value);
  const whole = operator.startsWith('=') ? pattern(text) : `%${pattern(text)}%`;
  const own = isText(field) ? valueOf(frame, field) : sql`${valueOf(frame, field)}::text`;
  if (operator.endsWith('ilike') === false) return sql`${own} like ${whole}::text`;
  const folded =
    'folded' in field && field.folded
      ? column(homeOf(frame, field), field.folded)
      : sql`fold_text(${own})`;
  return sql`${folded} like fold_text(${whole}::text)`;
}

function ordered(frame: Frame, field: ModelField, operator: string, value: unknown): Sql {
  if (isEmpty(value)) return sql`false`;
  const own = isNumber(field) ? sql`coalesce(${valueOf(frame, field)}, 0)` : valueOf(frame, field);
  const other = value instanceof Found ? value.select : typed(field, operator, value);
  return sql`${own} ${sql.raw(operator)} ${other}`;
}

/** The comparison as a condition. Throws Refusal `domain_invalid` (422) for a value that fits not. */
export function compare(frame: Frame, field: ModelField, operator: string, value: unknown): Sql {
  switch (operator) {
    case '=':
      return Array.isArray(value) ? among(frame, field, value) : equals(frame, field, value);
    case 'in':
      return among(frame, field, value);
    case '!=':
    case 'not in': {
      const positive = operator === '!=' ? '=' : 'in';
      return sql`(${compare(frame, field, positive, value)}) is not true`;
    }
    case '=?':
      return isEmpty(value) ? sql`true` : compare(frame, field, '=', value);
    case 'like':
    case 'ilike':
    case '=like':
    case '=ilike':
      return alike(frame, field, operator, value);
    case 'not like':
    case 'not ilike':
      if (isEmpty(value)) return sql`false`;
      return sql`(${alike(frame, field, operator.slice(4), value)}) is not true`;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(frame, field, operator, value);
    default:
      throw bad(field, operator, value);
  }
}
