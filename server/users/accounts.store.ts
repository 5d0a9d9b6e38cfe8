// SQL of accounts, for the acts that change them.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A user as the acts need one. */
export interface Account {
  id: number;
  partnerId: number;
  companyId: number;
  companyIds: number[];
  login: string;
  name: string;
  email: string | null;
}

/** These accounts, archived ones too. */
export async function accountsOf({ db, tenant }: Caller, ids: readonly number[]) {
  const { rows } = await sql<Account>`
    select u.id, u.partner_id as "partnerId", u.company_id as "companyId", u.login, p.name, p.email,
      array(select m.company_id from company_users m
        where m.tenant = u.tenant and m.user_id = u.id) as "companyIds"
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${tenant.id} and u.id = any(${ids}::integer[]) order by u.id`.execute(db);
  return rows;
}

/** A user of a partner, and whether they are of the house. */
export interface Holder {
  id: number;
  partnerId: number;
  active: boolean;
  internal: boolean;
  email: string | null;
}

/** The users of these partners, archived ones too. */
export async function holdersOf({ db, tenant }: Caller, partnerIds: readonly number[]) {
  const { rows } = await sql<Holder>`
    select u.id, u.partner_id as "partnerId", u.active, p.email, exists (select from group_users m
      join groups g on g.tenant = m.tenant and g.id = m.group_id
      where m.tenant = u.tenant and m.user_id = u.id and g.external_id = 'base.group_user') as internal
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${tenant.id} and u.partner_id = any(${partnerIds}::integer[])
    order by u.id`.execute(db);
  return rows;
}

/** Whether the partner is there and not archived. */
export async function isLivingPartner({ db, tenant }: Caller, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('partners')
    .select('active')
    .where('tenant', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.active ?? false;
}

/** An account that lives again has a partner who does. */
export async function revivePartners({ db, tenant }: Caller, partnerIds: readonly number[]) {
  await sql`update partners set active = true
    where tenant = ${tenant.id} and id = any(${partnerIds}::integer[]) and not active`.execute(db);
}

/** Whether one of them, not internal, wants an inbox all the same. */
export async function hasStrayInbox({ db, tenant }: Caller, ids: readonly number[]) {
  const { rows } = await sql`select from users u
    where u.tenant = ${tenant.id} and u.id = any(${ids}::integer[]) and u.notification_type = 'inbox'
      and not exists (select from group_users m
        join groups g on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = u.tenant and m.user_id = u.id and g.external_id = 'base.group_user')
    limit 1`.execute(db);
  return rows.length > 0;
}
