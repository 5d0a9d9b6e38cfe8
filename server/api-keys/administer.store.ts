// SQL over all keys of a tenant.
import { sql } from 'kysely';
import type { Caller, Member } from '../store/caller.ts';
import type { Callers, KeyRules, KeyState, OwnedKey } from './administer.ts';
import { keyColumns } from './keys.store.ts';

/** Rows of `callers` at most: beyond that the page says nothing anybody reads. */
const MOST_CALLERS = 500;

function isIn(state: KeyState, now: Date) {
  const conditions = {
    all: sql`true`,
    living: sql`(k.expires_at is null or k.expires_at > ${now}::timestamptz) and u.active`,
    ended: sql`k.expires_at <= ${now}::timestamptz`,
    unused: sql`coalesce(k.last_used_at, k.created_at) < ${now}::timestamptz - interval '90 days'`,
  };
  return conditions[state];
}

export async function list(
  { db, tenant, now }: Caller,
  { text, state }: { text: string; state: KeyState },
  [limit, offset]: [number, number],
): Promise<{ keys: OwnedKey[]; count: number }> {
  const { rows } = await sql<OwnedKey & { count: number }>`
    select ${keyColumns}, p.name as owner, u.login, u.active, count(*) over ()::integer as count
    from api_keys k
    join users u on u.tenant = k.tenant and u.id = k.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where k.tenant = ${tenant.id} and ${isIn(state, now())}
      and (${text} = '' or strpos(fold_text(k.name || chr(10) || p.name || chr(10) || u.login || chr(10)
        || k.prefix), fold_text(${text})) > 0)
    order by k.created_at desc, k.id desc limit ${limit} offset ${offset}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    keys: rows.map(({ count: _, ...key }) => key),
  };
}

/**
 * Deletes the keys, without `all` one's own alone, and tells their owners, but not the one who does it.
 * Answers how many there were.
 */
export async function revoke(
  { db, tenant, person, now }: Member,
  ids: readonly number[],
  all: boolean,
): Promise<number> {
  const { rows } = await sql<{ revoked: number }>`
    with gone as (
      delete from api_keys where tenant = ${tenant.id} and id = any(${ids}::integer[])
        and (${all}::boolean or user_id = ${person.id})
      returning user_id, name
    ), told as (
      insert into notices (tenant, user_id, kind, data, created_at)
      select ${tenant.id}, user_id, 'api_key_revoked',
        jsonb_build_object('name', name, 'by', ${person.name}::text), ${now()}
      from gone where user_id <> ${person.id}
    )
    select count(*)::integer as revoked from gone`.execute(db);
  return rows[0]!.revoked;
}

export async function callers({ db, tenant }: Caller, since: string): Promise<Callers[]> {
  const { rows } = await sql<Callers>`
    select k.name as "keyName", p.name as owner, u.login, c.protocol, c.total, c.days
    from (
      select user_id, key_id, protocol, sum(count)::integer as total,
        jsonb_agg(jsonb_build_object('day', day, 'count', count) order by day) as days
      from api_key_uses where tenant = ${tenant.id} and day >= ${since}::date
      group by user_id, key_id, protocol
    ) c
    join users u on u.tenant = ${tenant.id} and u.id = c.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    left join api_keys k on k.tenant = ${tenant.id} and k.id = c.key_id
    order by c.total desc, p.name, c.protocol limit ${MOST_CALLERS}`.execute(db);
  return rows;
}

export async function readRules({ db, tenant }: Caller): Promise<KeyRules> {
  return db
    .selectFrom('tenants')
    .select(['allow_endless_keys as allowEndless', 'allow_portal_keys as allowPortal'])
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
}

export async function writeRules({ db, tenant }: Caller, { allowEndless, allowPortal }: KeyRules) {
  await db
    .updateTable('tenants')
    .set({ allow_endless_keys: allowEndless, allow_portal_keys: allowPortal })
    .where('id', '=', tenant.id)
    .execute();
}
