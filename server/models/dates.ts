// Dates and date-times as clients write them: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS` in UTC.
import { sql } from 'kysely';
import type { Refusal } from '../kernel/refusal.ts';
import type { ModelField } from './define.ts';
import type { Sql } from './frame.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

function isReal(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, day));
  const rest = text.slice(11);
  const timed = rest === '' || !Number.isNaN(Date.parse(`2000-01-01T${rest}Z`));
  return year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day && timed;
}

/**
 * A date or date-time as SQL. A day compared with a date-time is its first second for `<` and `>=`,
 * its last for `>` and `<=`. Throws what `wrong` makes for anything else.
 */
export function dateTimeIn(
  field: ModelField,
  value: unknown,
  operator: string,
  wrong: () => Refusal,
): Sql {
  if (typeof value !== 'string' || !(DATE.test(value) || DATE_TIME.test(value)) || !isReal(value))
    throw wrong();
  if (field.kind === 'date') return sql`${value.slice(0, 10)}::date`;
  const late = operator === '>' || operator === '<=';
  const whole = DATE.test(value) ? `${value} ${late ? '23:59:59' : '00:00:00'}` : value;
  return sql`${`${whole.replace('T', ' ')}+00`}::timestamptz`;
}
