// SQL of the way out.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Whether the tenant is a test database, as its row says now. */
export async function isTest({ db, tenant }: Caller): Promise<boolean> {
  const { rows } = await sql<{ test: boolean }>`
    select is_test as test from tenants where id = ${tenant.id}`.execute(db);
  return rows[0]?.test ?? true;
}
