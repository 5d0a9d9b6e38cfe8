// A translated column as its reader gets it, for expressions that name one.
import { sql, type RawBuilder } from 'kysely';
import { readingOrder } from './asker.ts';
import type { Asker } from './define.ts';

/** The text of a jsonb column in the asker's language, else in the nearest, else in any. */
export function inLanguageOf(asker: Asker, stored: RawBuilder<unknown>): RawBuilder<string | null> {
  const readings = readingOrder(asker).map((code) => sql`${stored} ->> ${code}::text`);
  return sql`coalesce(${sql.join(readings)}, (select v from jsonb_each_text(${stored}) as e (k, v) limit 1))`;
}
