// SQL of one-time links.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { LinkOwner } from './links.ts';

export async function findUser({ db, tenant }: Caller, login: string) {
  const { rows } = await sql<{ id: number; active: boolean }>`
    select id, active from users where tenant = ${tenant.id} and login_key = fold_login(${login})
    for update`.execute(db);
  return rows[0];
}

/** One living link a person: the newer replaces the older. */
export async function replaceLinks(
  { db, tenant, now }: Caller,
  userId: number,
  { tokenHash, expiresAt }: { tokenHash: Buffer; expiresAt: Date },
) {
  await db
    .deleteFrom('links')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .execute();
  await db
    .insertInto('links')
    .values({
      tenant: tenant.id,
      token_hash: tokenHash,
      user_id: userId,
      purpose: 'rescue',
      created_at: now(),
      expires_at: expiresAt,
    })
    .execute();
}

export async function ownerOf(
  { db, tenant, now }: Caller,
  tokenHash: Buffer,
): Promise<LinkOwner | undefined> {
  const { rows } = await sql<LinkOwner>`
    select u.id as "userId", u.login, p.name, p.email from links l
    join users u on u.tenant = l.tenant and u.id = l.user_id and u.active
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where l.tenant = ${tenant.id} and l.token_hash = ${tokenHash}
      and l.used_at is null and l.expires_at > ${now()}`.execute(db);
  return rows[0];
}

/** Stores the password, ends sessions and links of the person; false when the link died meanwhile. */
export async function spendLink(
  { db, tenant, now }: Caller,
  tokenHash: Buffer,
  passwordHash: string,
): Promise<boolean> {
  const { rows } = await sql<{ userId: number }>`
    with spent as (
      delete from links where tenant = ${tenant.id} and token_hash = ${tokenHash}
        and used_at is null and expires_at > ${now()} returning user_id
    )
    update users u set password_hash = ${passwordHash}, password_changed_at = ${now()}, updated_at = ${now()}
    from spent where u.tenant = ${tenant.id} and u.id = spent.user_id and u.active
    returning u.id as "userId"`.execute(db);
  const userId = rows[0]?.userId;
  if (userId === undefined) return false;
  for (const table of ['links', 'sessions'] as const)
    await db
      .deleteFrom(table)
      .where('tenant', '=', tenant.id)
      .where('user_id', '=', userId)
      .execute();
  return true;
}
