// SQL of sweeping links.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Deletes what is older than so many days: links after their end, events and requests after they came. */
export async function sweep(
  { db, tenant, now }: Caller,
  days: { links: number; events: number; requests: number },
): Promise<void> {
  const ago = (many: number) => sql`${now()}::timestamptz - ${many}::integer * interval '1 day'`;
  await sql`
    with old_links as (
      delete from links where tenant = ${tenant.id}
        and least(ended_at, expires_at) < ${ago(days.links)}
    ), old_events as (
      delete from account_events where tenant = ${tenant.id} and created_at < ${ago(days.events)}
    )
    delete from reset_requests where tenant = ${tenant.id}
      and created_at < ${ago(days.requests)}`.execute(db);
}
