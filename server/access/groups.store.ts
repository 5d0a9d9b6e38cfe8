// SQL of groups and memberships.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** These groups and all they imply, however far. */
export async function closureOf({ db, tenant }: Caller, externalIds: string[]) {
  const { rows } = await sql<{ id: number; externalId: string }>`
    with recursive reached as (
      select id, external_id from groups
      where tenant = ${tenant.id} and external_id = any(${externalIds}::text[])
      union
      select g.id, g.external_id from reached r
      join group_implications i on i.tenant = ${tenant.id} and i.group_id = r.id
      join groups g on g.tenant = i.tenant and g.id = i.implied_id
    )
    select id, external_id as "externalId" from reached`.execute(db);
  return rows;
}

export async function insertMemberships({ db, tenant }: Caller, userId: number, groups: number[]) {
  await db
    .insertInto('group_users')
    .values(groups.map((id) => ({ tenant: tenant.id, group_id: id, user_id: userId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
