// The names at the other end of a list of records: a few of each, however many there are.
import { sql } from 'kysely';
import { allowedRows } from './condition.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { column, frameOf, from, nameOf, ofTenant } from './frame.ts';
import { page, readableEnds } from './read.ts';
import { targetOf } from './registry.ts';
import { mustSeeField, mustUse } from './rights.ts';

/** What an x2many of one record holds: the first of them, and whether there are more. */
export interface Linked {
  records: [id: number, name: string][];
  more: boolean;
}

/**
 * The first `most` records of an x2many field, for each of `ids`, in the target's own order; one
 * statement. Throws Refusal `access_field`, or `access_model` for a target that may not be read.
 */
export async function linkedNames(
  asker: Asker,
  model: Model,
  field: ModelField,
  ids: readonly number[],
  most: number,
): Promise<Map<number, Linked>> {
  const target = targetOf(field);
  mustSeeField(asker, model, field, 'read');
  mustUse(asker, model, 'read');
  mustUse(asker, target, 'read');
  const frame = frameOf(asker, model);
  const { other, rows: ends } = readableEnds(frame, field);
  const { rows } = await sql<{ id: number; records: [number, string][] }>`
    select ${column(frame, 'id')} as id,
      array(select jsonb_build_array(${column(other, 'id')}, coalesce(${nameOf(other)}, ''))
        ${ends} ${page({ limit: most + 1 })}) as records
    ${from(frame)} where ${ofTenant(frame)} and ${column(frame, 'id')} = any(${ids}::integer[])
      and ${allowedRows(frame, 'read')}`.execute(asker.db);
  return new Map(
    rows.map(({ id, records }) => [
      id,
      { records: records.slice(0, most), more: records.length > most },
    ]),
  );
}
