// SQL of a tenant's languages.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

export async function loaded({ db, tenant }: Caller) {
  return db
    .selectFrom('languages')
    .select('code')
    .where('tenant', '=', tenant.id)
    .orderBy('loaded_at')
    .orderBy('code')
    .execute();
}

export async function withPeople({ db, tenant }: Caller) {
  const { rows } = await sql<{ code: string; loadedAt: Date; people: number }>`
    select l.code, l.loaded_at as "loadedAt", (select count(*)::integer from partners p
      where p.tenant = l.tenant and p.language = l.code) as people
    from languages l where l.tenant = ${tenant.id} order by l.loaded_at, l.code`.execute(db);
  return rows;
}

export async function insert({ db, tenant }: Caller, code: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('languages')
    .values({ tenant: tenant.id, code })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Deletes it unless somebody uses it; the count and the deletion see the same moment. */
export async function removeUnused({ db, tenant }: Caller, code: string) {
  const { rows } = await sql<{ removed: boolean; count: number }>`
    with used as (
      select count(*)::integer as count from partners where tenant = ${tenant.id} and language = ${code}
    ), gone as (
      delete from languages where tenant = ${tenant.id} and code = ${code}
        and (select count from used) = 0 returning 1
    )
    select exists (select from gone) as removed, count from used`.execute(db);
  return rows[0]!;
}
