// SQL of groups and memberships.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A group, and what it implies one step away. */
export interface GroupRow {
  id: number;
  externalId: string;
  /** In any language, for refusals. */
  name: string;
  implied: number[];
}

export async function allGroups({ db, tenant }: Caller): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select g.id, g.external_id as "externalId",
      coalesce(g.name ->> ${tenant.language}::text, g.name ->> 'en_US', g.external_id) as name,
      array(select i.implied_id from group_implications i
        where i.tenant = g.tenant and i.group_id = g.id) as implied
    from groups g where g.tenant = ${tenant.id}`.execute(db);
  return rows;
}

/** A user as memberships see one. */
export interface MemberRow {
  id: number;
  login: string;
  active: boolean;
  groups: number[];
}

/** These users with their groups, archived ones too; those that are not there are left out. */
export async function membersOf({ db, tenant }: Caller, userIds: readonly number[]) {
  const { rows } = await sql<MemberRow>`
    select u.id, u.login, u.active, array(select m.group_id from group_users m
      where m.tenant = u.tenant and m.user_id = u.id) as groups
    from users u where u.tenant = ${tenant.id} and u.id = any(${userIds}::integer[])
    order by u.id`.execute(db);
  return rows;
}

/** The members of a group. */
export async function idsIn({ db, tenant }: Caller, groupId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('group_users')
    .select('user_id as id')
    .where('tenant', '=', tenant.id)
    .where('group_id', '=', groupId)
    .orderBy('user_id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Makes changes of memberships take turns in the tenant: held until the transaction ends. */
export async function takeTurn({ db, tenant }: Caller): Promise<void> {
  await sql`select from groups where tenant = ${tenant.id} and external_id = 'base.group_user'
    for no key update`.execute(db);
}

/** The user's groups are these and no others. */
export async function setGroups(
  { db, tenant }: Caller,
  userId: number,
  groupIds: readonly number[],
): Promise<void> {
  await sql`
    with gone as (
      delete from group_users where tenant = ${tenant.id} and user_id = ${userId}
        and not group_id = any(${groupIds}::integer[])
    )
    insert into group_users (tenant, group_id, user_id)
    select ${tenant.id}, g, ${userId} from unnest(${groupIds}::integer[]) as g
    on conflict do nothing`.execute(db);
}

/** People without an inbox are told by mail. */
export async function leaveInbox({ db, tenant }: Caller, userId: number): Promise<void> {
  await db
    .updateTable('users')
    .set({ notification_type: 'email' })
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .where('notification_type', '=', 'inbox')
    .execute();
}

/** Whether some active person belongs to the group with this external id. */
export async function isPeopled({ db, tenant }: Caller, externalId: string): Promise<boolean> {
  const { rows } = await sql`
    select from group_users m
    join groups g on g.tenant = m.tenant and g.id = m.group_id
    join users u on u.tenant = m.tenant and u.id = m.user_id
    where m.tenant = ${tenant.id} and g.external_id = ${externalId} and u.active
    limit 1`.execute(db);
  return rows.length > 0;
}
