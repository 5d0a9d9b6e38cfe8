// SQL of readers.
import { sql } from 'kysely';
import { INTERNAL, type Caller } from '../store/caller.ts';
import type { Reader } from './readers.ts';

export async function readers(
  { db, tenant }: Caller,
  userIds: readonly number[],
): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select u.id as "userId", p.id as "partnerId", p.name, u.login, coalesce(p.email, '') as email,
      coalesce(p.language, t.language) as language,
      coalesce(p.time_zone, t.time_zone) as "timeZone", u.active,
      u.last_sign_in_at is not null or u.password_hash is not null as connected,
      u.last_sign_in_at is not null as "signedIn",
      exists (select from group_users m join groups g on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = u.tenant and m.user_id = u.id and g.external_id = ${INTERNAL}) as internal
    from users u
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    join tenants t on t.id = u.tenant
    where u.tenant = ${tenant.id} and u.id = any (${[...userIds]}::integer[])`.execute(db);
  return rows;
}
