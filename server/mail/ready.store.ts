// SQL of whether mail can leave.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Whether the tenant has an active mail server, or is a test database. */
export async function hasServer({ db, tenant }: Caller): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select t.is_test or exists (select from mail_servers s where s.tenant = t.id and s.active) as has
    from tenants t where t.id = ${tenant.id}`.execute(db);
  return rows[0]?.has ?? false;
}
