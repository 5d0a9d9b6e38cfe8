// SQL of counting calls.
import { sql } from 'kysely';
import type { Database } from '../store/open.ts';
import type { Pending } from './uses.ts';

/**
 * Adds the counts to their days (the tenant's) and notes each key's last use: one statement. Keys and
 * people that are gone meanwhile are passed over.
 */
export async function write(db: Database, tenantId: number, counts: Pending[]): Promise<void> {
  await sql`
    with told as (
      select c."userId" as user_id, c."keyId" as key_id, c.protocol, c.family, c.address,
        c."lastAt" as last_at, c.count,
        (c."lastAt" at time zone (select time_zone from tenants where id = ${tenantId}))::date as day
      from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as c("userId" integer,
        "keyId" integer, protocol text, family text, address text, "lastAt" timestamptz, count integer)
    ), living as (
      select told.* from told
      join users u on u.tenant = ${tenantId} and u.id = told.user_id
      left join api_keys k on k.tenant = ${tenantId} and k.id = told.key_id
      where told.key_id is null or k.id is not null
    ), counted as (
      insert into api_key_uses as u (tenant, user_id, key_id, protocol, day, count)
      select ${tenantId}, user_id, key_id, protocol, day, count from living
      order by user_id, key_id, protocol
      on conflict (tenant, user_id, key_id, protocol, day) do update set count = u.count + excluded.count
    )
    update api_keys k set last_used_at = l.last_at, last_address = l.address,
      last_protocol = l.protocol, last_family = l.family
    from (select distinct on (key_id) * from living where key_id is not null
      order by key_id, last_at desc) l
    where k.tenant = ${tenantId} and k.id = l.key_id
      and (k.last_used_at is null or k.last_used_at < l.last_at)`.execute(db);
}
