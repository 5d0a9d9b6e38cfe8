// SQL of how far the mails of one request are.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Failed } from './sending.ts';

/** Counts of a batch by what became of its mails, and who asked for it; undefined when there is none. */
export async function count({ db, tenant }: Caller, batch: string) {
  const { rows } = await sql<{
    by: number | null;
    askedAt: Date;
    waiting: number;
    accepted: number;
    failed: number;
    cancelled: number;
  }>`
    select created_by as by, min(created_at) as "askedAt",
      count(*) filter (where state = 'outgoing')::integer as waiting,
      count(*) filter (where state in ('sent', 'received'))::integer as accepted,
      count(*) filter (where state = 'exception')::integer as failed,
      count(*) filter (where state = 'cancel')::integer as cancelled
    from mails where tenant = ${tenant.id} and batch = ${batch}::uuid
    group by created_by`.execute(db);
  return rows[0];
}

/** The mails of a batch that failed, by name of the person. */
export async function failed(
  { db, tenant }: Caller,
  batch: string,
  most: number,
): Promise<Failed[]> {
  const { rows } = await sql<Failed>`
    select u.id, p.name, m.email_to as email, coalesce(m.failure_reason, '') as reason
    from mails m
    join users u on u.tenant = m.tenant and u.id = m.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where m.tenant = ${tenant.id} and m.batch = ${batch}::uuid and m.state = 'exception'
    order by p.name, u.id limit ${most}`.execute(db);
  return rows;
}
