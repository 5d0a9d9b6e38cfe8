// SQL of a tenant's first groups, rights and rules: one statement a kind.
import { sql } from 'kysely';
import type { Caller, Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import { tenantColumns } from '../store/tenants.ts';

interface Flags {
  perm_read: boolean;
  perm_write: boolean;
  perm_create: boolean;
  perm_unlink: boolean;
}
export interface Right extends Flags {
  name: string;
  model_id: number;
  /** External id; null for everybody. */
  group: string | null;
}
export interface Rule extends Flags {
  name: string;
  model_id: number;
  domain_force: string;
  /** External ids; empty for a rule that binds everybody. */
  groups: string[];
}
interface Category {
  externalId: string;
  name: Record<string, string>;
  sequence: number;
  visible: boolean;
  exclusive: boolean;
}
interface Group {
  externalId: string;
  name: Record<string, string>;
  category: string;
  implies: readonly string[];
  share: boolean;
  keyDays: number;
}

/** Letters of r, w, c and u as columns. */
export function flags(letters: string): Flags {
  return {
    perm_read: letters.includes('r'),
    perm_write: letters.includes('w'),
    perm_create: letters.includes('c'),
    perm_unlink: letters.includes('u'),
  };
}

/** What the tenant was offered before; the row stays locked, so that two processes take turns. */
export async function lockOffered({ db, tenant }: Caller): Promise<string[]> {
  const { offered } = await db
    .selectFrom('tenants')
    .select('offered')
    .where('id', '=', tenant.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return offered as string[];
}

export async function noteOffered({ db, tenant }: Caller, marks: string[]): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ offered: JSON.stringify(marks) })
    .where('id', '=', tenant.id)
    .execute();
}

/** The tenants that were not offered all of these. */
export async function lacking(db: Database, marks: string[]): Promise<Tenant[]> {
  return db
    .selectFrom('tenants')
    .select(tenantColumns)
    .where(sql<boolean>`not offered @> ${JSON.stringify(marks)}::jsonb`)
    .orderBy('id')
    .execute();
}

export async function insertCategories({ db, tenant }: Caller, list: readonly Category[]) {
  if (list.length === 0) return;
  await db
    .insertInto('group_categories')
    .values(
      list.map(({ externalId, name, sequence, visible, exclusive }) => ({
        tenant: tenant.id,
        external_id: externalId,
        name: JSON.stringify(name),
        ...{ sequence, visible, exclusive },
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant', 'external_id']).doNothing())
    .execute();
}

/**
 * Inserts the groups, or completes those that a database has from before categories; then what they
 * imply, and the memberships that follow from it.
 */
export async function insertGroups({ db, tenant }: Caller, list: readonly Group[]) {
  if (list.length === 0) return;
  const given = JSON.stringify(
    list.map(({ externalId, category, implies, share, keyDays, name }) => ({
      ...{ category, implies, share, name },
      external_id: externalId,
      key_days: keyDays,
    })),
  );
  await sql`
    insert into groups (tenant, external_id, name, category_id, share, key_days)
    select ${tenant.id}, n.external_id, n.name, c.id, n.share, n.key_days
    from jsonb_to_recordset(${given}::jsonb)
      as n (external_id text, name jsonb, category text, share boolean, key_days integer)
    left join group_categories c on c.tenant = ${tenant.id} and c.external_id = n.category
    on conflict (tenant, external_id) do update set category_id = excluded.category_id,
      share = excluded.share, key_days = excluded.key_days`.execute(db);
  await sql`
    insert into group_implications (tenant, group_id, implied_id)
    select g.tenant, g.id, i.id
    from jsonb_to_recordset(${given}::jsonb) as n (external_id text, implies jsonb)
    join groups g on g.tenant = ${tenant.id} and g.external_id = n.external_id
    join groups i on i.tenant = g.tenant and n.implies ? i.external_id
    on conflict do nothing`.execute(db);
  await sql`
    with recursive reached as (
      select user_id, group_id from group_users where tenant = ${tenant.id}
      union select r.user_id, i.implied_id from reached r
        join group_implications i on i.tenant = ${tenant.id} and i.group_id = r.group_id
    )
    insert into group_users (tenant, user_id, group_id)
    select ${tenant.id}, user_id, group_id from reached on conflict do nothing`.execute(db);
}

export async function insertRights({ db, tenant }: Caller, list: readonly Right[]) {
  if (list.length === 0) return;
  await sql`
    insert into model_access
      (tenant, name, model_id, group_id, perm_read, perm_write, perm_create, perm_unlink)
    select ${tenant.id}, n.name, n.model_id, g.id,
      n.perm_read, n.perm_write, n.perm_create, n.perm_unlink
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as n (name text, model_id integer,
      "group" text, perm_read boolean, perm_write boolean, perm_create boolean, perm_unlink boolean)
    left join groups g on g.tenant = ${tenant.id} and g.external_id = n."group"
    where n."group" is null or g.id is not null`.execute(db);
}

export async function insertRules({ db, tenant }: Caller, list: readonly Rule[]) {
  if (list.length === 0) return;
  await sql`
    with given as materialized (
      select n.*, row_number() over () as place
      from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as n (name text, model_id integer,
        domain_force text, groups jsonb, perm_read boolean, perm_write boolean, perm_create boolean,
        perm_unlink boolean)
    ), made as (
      insert into record_rules
        (tenant, name, model_id, domain_force, perm_read, perm_write, perm_create, perm_unlink)
      select ${tenant.id}, name, model_id, domain_force, perm_read, perm_write, perm_create, perm_unlink
      from given order by place
      returning id, name, model_id
    )
    insert into record_rule_groups (tenant, rule_id, group_id)
    select ${tenant.id}, m.id, g.id from made m
    join given n on n.name = m.name and n.model_id = m.model_id
    join groups g on g.tenant = ${tenant.id} and n.groups ? g.external_id`.execute(db);
}
