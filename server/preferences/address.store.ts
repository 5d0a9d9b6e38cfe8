// SQL of new addresses.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Pending } from './address.ts';

/** The person's living link to confirm an address. */
export const waiting = (of: { tenant: number; userId: number; now: Date }) => sql<Pending>`
    select id, target as address from links where tenant = ${of.tenant} and user_id = ${of.userId}
      and purpose = 'address' and ended_at is null and expires_at > ${of.now}::timestamptz
    order by id desc limit 1`;

/** The address of that link. */
export async function pending(
  { db, tenant, now }: Caller,
  userId: number,
): Promise<Pending | null> {
  const { rows } = await waiting({ tenant: tenant.id, userId, now: now() }).execute(db);
  return rows[0] ?? null;
}

/** Withdraws the person's links to confirm an address; answers one of those addresses. */
export async function withdraw(
  { db, tenant, now }: Caller,
  userId: number,
): Promise<string | null> {
  const { rows } = await sql<{ target: string }>`
    update links set ended_at = ${now()}, ending = 'withdrawn' where tenant = ${tenant.id}
      and user_id = ${userId} and purpose = 'address' and ended_at is null
    returning target`.execute(db);
  return rows[0]?.target ?? null;
}

export async function setEmail(
  { db, tenant, now }: Caller,
  userId: number,
  email: string,
): Promise<void> {
  await sql`
    update partners p set email = ${email}, updated_at = ${now()} from users u
    where u.tenant = ${tenant.id} and u.id = ${userId}
      and p.tenant = u.tenant and p.id = u.partner_id`.execute(db);
}

/** Leaves the person without a password. */
export async function clearPassword({ db, tenant, now }: Caller, userId: number): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_hash: null, updated_at: now() })
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .execute();
}
