// SQL of the sender.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** E-mail address of the main company: the first one of those that work. */
export async function companyAddress({ db, tenant }: Caller): Promise<string | null> {
  const { rows } = await sql<{ email: string | null }>`
    select p.email from companies c
    join partners p on p.tenant = c.tenant and p.id = c.partner_id
    where c.tenant = ${tenant.id} and c.active order by c.sequence, c.id limit 1`.execute(db);
  return rows[0]?.email ?? null;
}
