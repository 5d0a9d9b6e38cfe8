// SQL of one's own keys.
import { sql } from 'kysely';
import type { Caller, Member } from '../store/caller.ts';
import type { Ending, Lifetimes } from './lifetimes.ts';
import type { KeyRow } from './keys.ts';

/** What decides which keys a person may make. */
export interface Standing {
  groups: { externalId: string; days: number }[];
  endless: boolean;
  portal: boolean;
  /** Keys they have already. */
  count: number;
}

export async function standingOf({ db, tenant, person }: Member): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select t.allow_endless_keys as endless, t.allow_portal_keys as portal,
      (select count(*)::integer from api_keys k
        where k.tenant = t.id and k.user_id = ${person.id}) as count,
      coalesce((select jsonb_agg(jsonb_build_object('externalId', g.external_id, 'days', g.key_days))
        from group_users m join groups g on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = t.id and m.user_id = ${person.id}), '[]') as groups
    from tenants t where t.id = ${tenant.id}`.execute(db);
  return rows[0]!;
}

/** The columns of a key as its reader gets them; never the hash. */
export const keyColumns = sql`k.id, k.name, k.prefix, k.read_only as "readOnly", k.models,
  k.addresses, k.created_at as "createdAt", k.expires_at as "expiresAt",
  k.last_used_at as "lastUsedAt", k.last_address as "lastAddress",
  k.last_protocol as "lastProtocol", k.last_family as "lastFamily"`;

export async function listOf({ db, tenant, person }: Member): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select ${keyColumns} from api_keys k
    where k.tenant = ${tenant.id} and k.user_id = ${person.id}
    order by k.created_at desc, k.id desc`.execute(db);
  return rows;
}

function momentOf(ending: Ending, timeZone: string) {
  if (ending === null) return sql<Date | null>`null::timestamptz`;
  if ('at' in ending) return sql<Date | null>`${ending.at}::timestamptz`;
  return sql<Date | null>`(${ending.endOf}::date + 1)::timestamp at time zone ${timeZone}`;
}

/** Inserts a key; null when another has this prefix. */
export async function insert(
  { db, tenant, person, now, timeZone }: Member,
  facts: {
    name: string;
    prefix: string;
    hash: Buffer;
    readOnly: boolean;
    models: string[] | null;
    addresses: string[] | null;
    ending: Ending;
  },
): Promise<number | null> {
  const addresses = facts.addresses
    ? sql`array(select network(a::inet)::cidr from unnest(${facts.addresses}::text[]) a)`
    : sql`null`;
  const { rows } = await sql<{ id: number }>`
    insert into api_keys (tenant, user_id, name, prefix, key_hash, read_only, models, addresses,
      created_at, expires_at)
    values (${tenant.id}, ${person.id}, ${facts.name}, ${facts.prefix}, ${facts.hash},
      ${facts.readOnly}, ${facts.models}::text[], ${addresses}, ${now()},
      ${momentOf(facts.ending, timeZone)})
    on conflict (tenant, prefix) do nothing returning id`.execute(db);
  return rows[0]?.id ?? null;
}

/**
 * Gives a living key of the person a new value and as long a life again; its name when that was
 * done, null when there is no such key, undefined when the prefix is taken.
 */
export async function replace(
  { db, tenant, person, now }: Member,
  id: number,
  { prefix, hash, longest, endless }: { prefix: string; hash: Buffer } & Lifetimes,
): Promise<string | null | undefined> {
  const { rows } = await sql<{ name: string; done: boolean }>`
    with free as (
      select not exists (select from api_keys where tenant = ${tenant.id} and prefix = ${prefix}) as yes
    ), done as (
      update api_keys set prefix = ${prefix}, key_hash = ${hash}, created_at = ${now()},
        expires_at = case when expires_at is not null or not ${endless}::boolean
          then ${now()}::timestamptz + least(expires_at - created_at, ${longest}::integer * interval '1 day') end,
        reminded_at = null, last_used_at = null, last_address = null, last_protocol = null,
        last_family = null
      from free where free.yes and tenant = ${tenant.id} and user_id = ${person.id} and id = ${id}
      returning id
    )
    select name, exists (select from done) as done from api_keys
    where tenant = ${tenant.id} and user_id = ${person.id} and id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return row.done ? row.name : undefined;
}

export async function remove({ db, tenant, person }: Member, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('api_keys')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', person.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** A key whose owner is to be reminded of its end. */
interface EndingKey {
  userId: number;
  name: string;
  expiresAt: Date;
}

/** Ends keys that ended long ago, tells of those that end soon, forgets old counts; how many were told of. */
export async function sweep(
  { db, tenant, now }: Caller,
  days: { ahead: number; ended: number; counts: number },
): Promise<EndingKey[]> {
  const { rows } = await sql<EndingKey>`
    with gone as (
      delete from api_keys where tenant = ${tenant.id}
        and expires_at < ${now()}::timestamptz - ${days.ended}::integer * interval '1 day'
    ), forgotten as (
      delete from api_key_uses where tenant = ${tenant.id}
        and day < (${now()}::timestamptz - ${days.counts}::integer * interval '1 day')::date
    ), due as (
      update api_keys k set reminded_at = ${now()} from users u
      where k.tenant = ${tenant.id} and k.reminded_at is null and k.expires_at > ${now()}::timestamptz
        and k.expires_at <= ${now()}::timestamptz + ${days.ahead}::integer * interval '1 day'
        -- A key made for so short a time needs no reminder.
        and k.expires_at > k.created_at + (${days.ahead}::integer + 1) * interval '1 day'
        and u.tenant = k.tenant and u.id = k.user_id and u.active
      returning k.user_id, k.name, k.expires_at
    )
    select user_id as "userId", name, expires_at as "expiresAt" from due`.execute(db);
  return rows;
}
