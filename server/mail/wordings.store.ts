// SQL of a co-operative's own words.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Words } from './wording.ts';
import type { OwnWords, Place } from './wordings.ts';

/** All own words, in no order. */
export async function list({ db, tenant }: Caller): Promise<OwnWords[]> {
  const { rows } = await sql<OwnWords>`
    select kind, language, subject, body, original from mail_wordings
    where tenant = ${tenant.id}`.execute(db);
  return rows;
}

/** Puts own words in place of whatever stands there. */
export async function write(
  { db, tenant, person, now }: Caller,
  { kind, language }: Place,
  { subject, body, original }: Words & { original: string },
): Promise<void> {
  await sql`
    insert into mail_wordings (tenant, kind, language, subject, body, original, updated_at, updated_by)
    values (${tenant.id}, ${kind}, ${language}, ${subject}, ${body}, ${original}, ${now()},
      ${person?.id ?? null})
    on conflict (tenant, kind, language) do update set subject = excluded.subject, body = excluded.body,
      original = excluded.original, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by`.execute(db);
}

export async function remove({ db, tenant }: Caller, { kind, language }: Place): Promise<void> {
  await sql`
    delete from mail_wordings
    where tenant = ${tenant.id} and kind = ${kind} and language = ${language}`.execute(db);
}
