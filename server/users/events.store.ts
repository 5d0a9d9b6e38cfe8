// SQL of account events.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { EventKind } from './events.ts';
import type { EventRow } from './history.ts';

export async function insert(
  { db, tenant, person, address, now }: Caller,
  userIds: readonly number[],
  kind: EventKind,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  await sql`
    insert into account_events (tenant, user_id, actor_id, kind, data, address, created_at)
    select ${tenant.id}, id, ${person?.id ?? null}::integer, ${kind}, ${JSON.stringify(data)}::jsonb,
      ${address}, ${now()} from unnest(${[...userIds]}::integer[]) as id`.execute(db);
}

/** The newest events of the person's account. */
export async function newestOf(
  { db, tenant }: Caller,
  userId: number,
  most: number,
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.id, e.kind, e.data, p.name as actor, e.address, e.created_at as "createdAt"
    from account_events e
    left join users u on u.tenant = e.tenant and u.id = e.actor_id
    left join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where e.tenant = ${tenant.id} and e.user_id = ${userId}
    order by e.created_at desc, e.id desc limit ${most}`.execute(db);
  return rows;
}

/** Whether a request for a new password under the person's login or address waits to be answered. */
export async function hasAsked({ db, tenant }: Caller, userId: number): Promise<boolean> {
  const { rows } = await sql`
    select from reset_requests r
    join users u on u.tenant = r.tenant and u.id = ${userId}
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where r.tenant = ${tenant.id}
      and fold_login(r.name) in (u.login_key, fold_login(coalesce(p.email, '')))
    limit 1`.execute(db);
  return rows.length > 0;
}
