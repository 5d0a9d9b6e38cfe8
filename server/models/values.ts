// Values on their way in: what clients send becomes what columns take.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import { dateTimeIn } from './dates.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { isText, type Sql } from './frame.ts';

function refuse(model: Model, field: ModelField, value: unknown): Refusal {
  return new Refusal('value_invalid', {
    status: 422,
    field: field.name,
    values: {
      model: model.name,
      field: field.name,
      value: (JSON.stringify(value) ?? '').slice(0, 100),
    },
  });
}

/** The longest text a field takes unless it says less, in characters. */
const LONGEST_LINE = 1_000;
const LONGEST_TEXT = 1_000_000;

function textIn(model: Model, field: ModelField, value: unknown): string | null {
  if (value === false || value === null) return null;
  if (typeof value === 'object') throw refuse(model, field, value);
  const text = String(value);
  if (text.includes('\0')) throw refuse(model, field, text);
  const size = ('size' in field ? field.size : undefined) ?? longest(field);
  if (text.length > size)
    throw new Refusal('text_too_long', { status: 422, field: field.name, values: { most: size } });
  return field.kind === 'char' ? text.trim() : text;
}

function longest({ kind }: ModelField): number {
  return kind === 'char' ? LONGEST_LINE : LONGEST_TEXT;
}

/**
 * The number a link's value names, from what clients send for one: a number, a text of it, or a pair of
 * number and name. Null for none, undefined for what names nothing.
 */
function linkIn(value: unknown): number | null | undefined {
  if (value === false || value === null || value === '') return null;
  const given = Array.isArray(value) ? (value[0] as unknown) : value;
  if (given === false) return null;
  const number = given === true ? 1 : typeof given === 'string' ? Number(given) : given;
  const whole = Number.isInteger(number) && Math.abs(number as number) < 2 ** 31;
  return whole ? (number as number) : undefined;
}

function booleanIn(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === 'True';
}

/**
 * Values in one form, whatever form they came in: a link is a number or null, a boolean is one. Acts check
 * what is going to be stored, so they are handed this. What cannot be read stays, for `stored` to refuse.
 */
export function settled(model: Model, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, unknown] => {
      const kind = model.all.get(name)?.kind;
      if (kind === 'boolean') return [name, booleanIn(value)];
      const link = kind === 'many2one' ? linkIn(value) : undefined;
      return [name, link === undefined ? value : link];
    }),
  );
}

function numberIn(model: Model, field: ModelField, value: unknown): number {
  if (value === false || value === null || value === '') return 0;
  const number = value === true ? 1 : typeof value === 'string' ? Number(value) : value;
  const whole = field.kind !== 'float';
  if (typeof number !== 'number' || !Number.isFinite(number)) throw refuse(model, field, value);
  if (whole && (!Number.isInteger(number) || Math.abs(number) >= 2 ** 31))
    throw refuse(model, field, value);
  return number;
}

async function optionIn(asker: Asker, model: Model, field: ModelField, value: unknown) {
  if (value === false || value === null || value === '') return null;
  if (field.kind !== 'selection') throw refuse(model, field, value);
  const keys =
    typeof field.options === 'function'
      ? (await field.options(asker)).map(([key]) => key)
      : field.options;
  if (typeof value !== 'string' || !keys.includes(value)) throw refuse(model, field, value);
  return value;
}

function binaryIn(model: Model, field: ModelField, value: unknown): Buffer | null {
  if (value === false || value === null || value === '') return null;
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/=\s]*$/.test(value))
    throw refuse(model, field, value);
  return Buffer.from(value, 'base64');
}

/**
 * What a client sends, as the SQL that a column takes. Translated text goes into the asker's language.
 * Throws Refusal `value_invalid` (422, field), `text_too_long` or `value_required`.
 */
export async function stored(
  asker: Asker,
  model: Model,
  field: ModelField,
  value: unknown,
  before: Sql | null,
): Promise<Sql> {
  const wrong = () => refuse(model, field, value);
  if (isText(field)) {
    const text = textIn(model, field, value);
    if (!('translated' in field && field.translated)) return sql`${text}::text`;
    return translatedIn(asker, text ?? '', before);
  }
  switch (field.kind) {
    case 'boolean':
      return sql`${booleanIn(value)}::boolean`;
    case 'many2one': {
      const link = linkIn(value);
      if (link === undefined) throw wrong();
      return sql`${link}::integer`;
    }
    case 'integer':
      return sql`${numberIn(model, field, value)}::integer`;
    case 'float':
      return sql`${numberIn(model, field, value)}::double precision`;
    case 'date':
    case 'datetime':
      return value === false || value === null || value === ''
        ? sql`null`
        : dateTimeIn(field, value, '=', wrong);
    case 'selection':
      return sql`${await optionIn(asker, model, field, value)}::text`;
    case 'binary':
      return sql`${binaryIn(model, field, value)}::bytea`;
    default:
      throw wrong();
  }
}

/** The source language is written too while it has no value of its own. */
function translatedIn({ language }: Asker, text: string, before: Sql | null): Sql {
  const now = sql`jsonb_build_object(${language}::text, ${text}::text)`;
  const source = sql`jsonb_build_object('en_US', ${text}::text)`;
  return before ? sql`${source} || coalesce(${before}, '{}') || ${now}` : sql`${source} || ${now}`;
}
