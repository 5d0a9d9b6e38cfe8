// SQL of companies and their people.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Who may work in one of these companies. */
export async function peopleOf({ db, tenant }: Caller, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct user_id as id from company_users
    where tenant = ${tenant.id} and company_id = any(${ids}::integer[])`.execute(db);
  return rows.map(({ id }) => id);
}

export async function partnersOf({ db, tenant }: Caller, ids: readonly number[]) {
  const { rows } = await sql<{ id: number }>`select partner_id as id from companies
    where tenant = ${tenant.id} and id = any(${ids}::integer[])`.execute(db);
  return rows.map(({ id }) => id);
}

/** Whether one of them works in a company that is not among theirs. */
export async function hasStrayPeople({ db, tenant }: Caller, userIds: readonly number[]) {
  const { rows } = await sql`select from users u
    where u.tenant = ${tenant.id} and u.id = any(${userIds}::integer[]) and not exists (
      select from company_users m
      where m.tenant = u.tenant and m.user_id = u.id and m.company_id = u.company_id)
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether somebody has an account with the partner. */
export async function isPersons({ db, tenant }: Caller, partnerId: number): Promise<boolean> {
  const { rows } = await sql`select from users
    where tenant = ${tenant.id} and partner_id = ${partnerId} limit 1`.execute(db);
  return rows.length > 0;
}
