// SQL of looking which tenants have something to do; as the installation's owner, who may see that much.
import { sql } from 'kysely';
import type { Database } from '../store/open.ts';

/** Tenants with mail that is due and nobody's: one step in the index a tenant, however much it has. */
export async function tenantsWithMail(installation: Database): Promise<number[]> {
  const due = sql`state = 'outgoing' and due_at <= now()
    and (leased_until is null or leased_until <= now())`;
  const { rows } = await sql<{ tenant: number }>`
    with recursive found (tenant) as (
      (select tenant from mails where ${due} order by tenant limit 1)
      union all
      select (select m.tenant from mails m where m.tenant > found.tenant and ${due}
        order by m.tenant limit 1)
      from found where found.tenant is not null
    )
    select tenant from found where tenant is not null`.execute(installation);
  return rows.map(({ tenant }) => tenant);
}

/** Tenants where mail waits for a server. */
export async function tenantsWithHeldMail(installation: Database): Promise<number[]> {
  const { rows } = await sql<{ tenant: number }>`
    select distinct tenant from mails
    where state = 'outgoing' and failure_step = 'no_server'`.execute(installation);
  return rows.map(({ tenant }) => tenant);
}

/** Tenants where somebody asked for a new password and was not looked after yet. */
export async function tenantsWithRequests(installation: Database): Promise<number[]> {
  const { rows } = await sql<{ tenant: number }>`
    select distinct tenant from reset_requests`.execute(installation);
  return rows.map(({ tenant }) => tenant);
}
