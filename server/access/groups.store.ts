// SQL of groups and memberships.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

interface GroupToMake {
  externalId: string;
  name: Record<string, string>;
  implies: string[];
}

export async function insertGroups({ db, tenant }: Caller, groups: readonly GroupToMake[]) {
  const made = await db
    .insertInto('groups')
    .values(
      groups.map(({ externalId, name }) => ({
        tenant: tenant.id,
        external_id: externalId,
        name: JSON.stringify(name),
      })),
    )
    .returning(['id', 'external_id'])
    .execute();
  const idOf = new Map(made.map(({ id, external_id }) => [external_id, id]));
  const implications = groups.flatMap(({ externalId, implies }) =>
    implies.map((implied) => ({
      tenant: tenant.id,
      group_id: idOf.get(externalId)!,
      implied_id: idOf.get(implied)!,
    })),
  );
  await db.insertInto('group_implications').values(implications).execute();
}

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
