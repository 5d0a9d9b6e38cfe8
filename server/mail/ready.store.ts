// SQL of whether mail can leave.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Waiting } from './ready.ts';

/** Whether the tenant has an active mail server, or is a test database. */
export async function hasServer({ db, tenant }: Caller): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select t.is_test or exists (select from mail_servers s where s.tenant = t.id and s.active) as has
    from tenants t where t.id = ${tenant.id}`.execute(db);
  return rows[0]?.has ?? false;
}

/** How many mails and requests wait. */
export async function waiting({ db, tenant }: Caller): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select (select count(*)::integer from mails where tenant = ${tenant.id}
        and state = 'outgoing') as mails,
      (select count(*)::integer from reset_requests where tenant = ${tenant.id}) as requests`.execute(
    db,
  );
  return rows[0]!;
}
