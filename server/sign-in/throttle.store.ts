// SQL of the turnstile: one statement counts and decides, under the lock of the row it counts in.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Turnstile } from './throttle.ts';

export interface Limits {
  free: number;
  first: number;
  longest: number;
  addressLimit: number;
}

/** Whose try is counted, where, when, and what it may cost. */
export interface Counted extends Turnstile, Limits {
  tenant: number;
  now: Date;
}

/** The keyed digest of a person and a place; folding in SQL keeps it one key a login. */
export function keyOf({ pepper, login, place }: Omit<Turnstile, 'address'>) {
  return sql<Buffer>`sha256(convert_to(${pepper}::text || fold_login(${login}) || chr(10) || ${place}::text, 'UTF8'))`;
}

function addressKeyOf({ pepper, address }: Turnstile) {
  return sql<Buffer>`sha256(convert_to(${pepper}::text || chr(10) || ${address}::text, 'UTF8'))`;
}

/**
 * The parts of a statement that counts the try: what comes after `with`, and the seconds to wait when it
 * is not allowed, else null.
 */
export function counting(counted: Counted) {
  const { tenant, now, free, first, longest, addressLimit } = counted;
  const parts = sql`
    counted as (
      insert into attempts as a (tenant, key, failures, updated_at)
      values (${tenant}, ${keyOf(counted)}, 1, ${now}::timestamptz)
      on conflict (tenant, key) do update set
        failures = case when a.updated_at < ${now}::timestamptz - interval '1 day' then 1 else a.failures + 1 end,
        blocked_until = case when a.updated_at >= ${now}::timestamptz - interval '1 day' and a.failures + 1 >= ${free}
          then ${now}::timestamptz + interval '1 second'
            * least(${longest}::float8, ${first}::float8 * power(2, least(a.failures + 1 - ${free}, 20))) end,
        updated_at = ${now}::timestamptz
      where a.blocked_until is null or a.blocked_until <= ${now}::timestamptz
      returning 1
    ), crowd as (
      select 1 from attempts where tenant = ${tenant} and key = ${addressKeyOf(counted)}
        and failures >= ${addressLimit} and updated_at > ${now}::timestamptz - interval '1 hour'
    )`;
  const wait = sql<number | null>`case
      when exists (select from crowd) then 3600
      -- The statement's snapshot may be older than the pause that refused it: then the first pause.
      when not exists (select from counted) then coalesce((
        select ceil(extract(epoch from blocked_until - ${now}::timestamptz))::integer from attempts
        where tenant = ${tenant} and key = ${keyOf(counted)}), ${first}::integer)
    end`;
  return { parts, wait };
}

/** A try of the caller's at this turnstile, now. */
export function countedOf({ tenant, now }: Caller, gate: Turnstile, limits: Limits): Counted {
  return { ...gate, ...limits, tenant: tenant.id, now: now() };
}

/** Counts a try that stands for itself; the seconds to wait when it is not allowed, else null. */
export async function count(
  caller: Caller,
  gate: Turnstile,
  limits: Limits,
): Promise<number | null> {
  const { parts, wait } = counting(countedOf(caller, gate, limits));
  const { rows } = await sql<{ wait: number | null }>`with ${parts} select ${wait} as wait`.execute(
    caller.db,
  );
  return rows[0]!.wait;
}

/** Counts a failure of the address over all persons; the hour starts anew after an hour of peace. */
export async function countAddress({ db, tenant, now }: Caller, gate: Turnstile): Promise<void> {
  if (gate.address === null) return;
  await sql`
    insert into attempts as a (tenant, key, failures, updated_at)
    values (${tenant.id}, ${addressKeyOf(gate)}, 1, ${now()})
    on conflict (tenant, key) do update set updated_at = ${now()},
      failures = case when a.updated_at < ${now()}::timestamptz - interval '1 hour' then 1 else a.failures + 1 end`.execute(
    db,
  );
}

/** Deletes the count of this person and place. */
export async function clear({ db, tenant }: Caller, gate: Turnstile): Promise<void> {
  await sql`delete from attempts where tenant = ${tenant.id} and key = ${keyOf(gate)}`.execute(db);
}

/** Deletes the tenant's counts that nobody added to for so many days. */
export async function deleteOld({ db, tenant, now }: Caller, days: number): Promise<void> {
  await sql`delete from attempts where tenant = ${tenant.id}
    and updated_at < ${now()}::timestamptz - ${days}::integer * interval '1 day'`.execute(db);
}
