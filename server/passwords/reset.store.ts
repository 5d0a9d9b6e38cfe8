// SQL of asking for a new password.
import { sql } from 'kysely';
import { ACCESS_RIGHTS, type Caller } from '../store/caller.ts';

export async function insert(
  { db, tenant, address, now }: Caller,
  name: string,
  language: string,
): Promise<void> {
  await db
    .insertInto('reset_requests')
    .values({ tenant: tenant.id, name, language, address, created_at: now() })
    .execute();
}

/** A request as it was noted. */
interface Request {
  id: number;
  name: string;
  language: string;
  address: string;
}

/** The oldest request behind this one, taken out of the table; those that somebody else holds are passed over. */
export async function takeNext({ db, tenant }: Caller, behind: number) {
  const { rows } = await sql<Request>`
    delete from reset_requests where tenant = ${tenant.id} and id = (
      select id from reset_requests where tenant = ${tenant.id} and id > ${behind}
      order by id limit 1 for update skip locked)
    returning id, name, language, address`.execute(db);
  return rows[0];
}

/** People who may share one address. */
const SHARED_BY = 10;

/**
 * The active person with this login, else everybody active with this e-mail address; without those who had
 * `most` links by mail within the hour. `chose`: whether they chose a language.
 */
export async function meantBy({ db, tenant, now }: Caller, name: string, most: number) {
  const { rows } = await sql<{ id: number; chose: boolean }>`
    with named as (
      select id, partner_id from users
      where tenant = ${tenant.id} and active and login_key = fold_login(${name})
    ), addressed as (
      select u.id, u.partner_id from users u
      join partners p on p.tenant = u.tenant and p.id = u.partner_id
      where u.tenant = ${tenant.id} and u.active and fold_login(p.email) = fold_login(${name})
        and not exists (select from named)
      order by u.id limit ${SHARED_BY}
    )
    select m.id, p.language is not null as chose
    from (select * from named union all select * from addressed) m
    join partners p on p.tenant = ${tenant.id} and p.id = m.partner_id
    where (select count(*) from links l where l.tenant = ${tenant.id} and l.user_id = m.id
      and l.asked_by is null and l.way = 'mail' and l.purpose in ('reset', 'invitation')
      and l.created_at > ${now()}::timestamptz - interval '1 hour') < ${most}
    order by m.id`.execute(db);
  return rows;
}

/** Whether administrators were told within a day that this person cannot be reached. */
export async function wasTold({ db, tenant, now }: Caller, userId: number): Promise<boolean> {
  const { rows } = await sql`
    select from account_events where tenant = ${tenant.id} and user_id = ${userId}
      and kind = 'reset_unreachable' and created_at > ${now()}::timestamptz - interval '1 day'
    limit 1`.execute(db);
  return rows.length > 0;
}

/** The active people who look after accounts. */
export async function administrators({ db, tenant }: Caller): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select u.id from users u
    join group_users m on m.tenant = u.tenant and m.user_id = u.id
    join groups g on g.tenant = m.tenant and g.id = m.group_id
    where u.tenant = ${tenant.id} and u.active and g.external_id = ${ACCESS_RIGHTS}
    order by u.id`.execute(db);
  return rows.map(({ id }) => id);
}
