// SQL of one-time links.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Ending, Link, Wish } from './links.ts';

export async function findUser({ db, tenant }: Caller, login: string) {
  const { rows } = await sql<{ id: number; active: boolean }>`
    select id, active from users where tenant = ${tenant.id} and login_key = fold_login(${login})
    for update`.execute(db);
  return rows[0];
}

/** Makes what concerns these people's links take turns, in one order so that nobody waits in a circle. */
export async function takeTurn({ db, tenant }: Caller, userIds: readonly number[]): Promise<void> {
  await sql`select from users where tenant = ${tenant.id} and id = any(${[...userIds]}::integer[])
    order by id for no key update`.execute(db);
}

/** How many hours a link of each purpose lives, as SQL over the tenant's row. */
const lives = sql`case w.purpose when 'invitation' then t.invitation_hours when 'address' then 24
  when 'address_undo' then 72 when 'rescue' then 24 else t.reset_hours end`;

/** Ends older links of the same purpose and stores the new ones; answers them in the order asked for. */
export async function insert(
  { db, tenant, person, now }: Caller,
  wishes: readonly (Wish & { tokenHash: Buffer })[],
): Promise<{ id: number; expiresAt: Date }[]> {
  const rows = wishes.map(({ tokenHash, userId, purpose, way, target }) => ({
    token: tokenHash.toString('hex'),
    user_id: userId,
    purpose,
    way,
    target: target ?? null,
  }));
  const userIds = rows.map((row) => row.user_id);
  const replaced = rows.map((row) => `${row.user_id} ${row.purpose}`);
  const made = await sql<{ id: number; expiresAt: Date; token: Buffer }>`
    with w as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as w (token text, user_id integer, purpose text, way text, target text)
    ), older as (
      -- Compared by a hash: a join with what comes from JSON, whose size nobody knows, goes through both.
      update links l set ended_at = ${now()}, ending = 'replaced'
      where l.tenant = ${tenant.id} and l.user_id = any(${userIds}::integer[])
        and l.user_id || ' ' || l.purpose = any(${replaced}::text[])
        and l.ended_at is null and l.purpose <> 'address_undo'
    )
    insert into links (tenant, token_hash, user_id, purpose, way, target, asked_by, created_at, expires_at)
    select ${tenant.id}, decode(w.token, 'hex'), w.user_id, w.purpose, w.way, w.target,
      ${person?.id ?? null}::integer, ${now()}, ${now()}::timestamptz + ${lives} * interval '1 hour'
    from w join tenants t on t.id = ${tenant.id}
    returning id, expires_at as "expiresAt", token_hash as token`.execute(db);
  const byToken = new Map(made.rows.map((row) => [row.token.toString('hex'), row]));
  return rows.map(({ token }) => {
    const { id, expiresAt } = byToken.get(token)!;
    return { id, expiresAt };
  });
}

/** Why a link `l` of a user `u` is dead, as SQL; null while it lives. */
const why = (now: Date) => sql<Ending | null>`case when not u.active then 'archived'
  when l.ending is not null then l.ending when l.expires_at <= ${now} then 'expired' end`;

/** The link of this token with its person, and why it is dead if it is. */
export async function find(
  { db, tenant, now }: Caller,
  tokenHash: Buffer,
): Promise<(Link & { why: Ending | null }) | undefined> {
  const { rows } = await sql<Link & { why: Ending | null }>`
    select l.id, l.purpose, l.target, l.asked_by as "askedBy", u.id as "userId", u.login, p.name, p.email, ${why(now())} as why
    from links l
    join users u on u.tenant = l.tenant and u.id = l.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where l.tenant = ${tenant.id} and l.token_hash = ${tokenHash}`.execute(db);
  return rows[0];
}

/** Notes that the page of a link was opened, the first time. */
export async function noteOpened({ db, tenant, now }: Caller, tokenHash: Buffer): Promise<void> {
  await sql`update links set opened_at = ${now()} where tenant = ${tenant.id}
    and token_hash = ${tokenHash} and opened_at is null`.execute(db);
}

/** Whether the link was alive until now, and is used up by this. */
export async function spend({ db, tenant, now }: Caller, id: number): Promise<boolean> {
  const { rows } = await sql`
    update links l set ended_at = ${now()}, ending = 'used' from users u
    where l.tenant = ${tenant.id} and l.id = ${id} and l.ended_at is null and l.expires_at > ${now()}
      and u.tenant = l.tenant and u.id = l.user_id and u.active
    returning l.id`.execute(db);
  return rows.length > 0;
}

/** Why a link that lived a moment ago is dead. */
export async function endingOf({ db, tenant, now }: Caller, id: number): Promise<Ending> {
  const { rows } = await sql<{ why: Ending | null }>`
    select ${why(now())} as why from links l join users u on u.tenant = l.tenant and u.id = l.user_id
    where l.tenant = ${tenant.id} and l.id = ${id}`.execute(db);
  return rows[0]?.why ?? 'unknown';
}

export async function end({ db, tenant, now }: Caller, userIds: readonly number[]): Promise<void> {
  await db
    .updateTable('links')
    .set({ ended_at: now(), ending: 'changed' })
    .where('tenant', '=', tenant.id)
    .where('user_id', 'in', userIds.length > 0 ? [...userIds] : [0])
    .where('purpose', '<>', 'address_undo')
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the person's living ways back to an older address that are younger than this link. */
export async function endUndoing(
  { db, tenant, now }: Caller,
  userId: number,
  id: number,
): Promise<void> {
  await db
    .updateTable('links')
    .set({ ended_at: now(), ending: 'changed' })
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '>', id)
    .where('purpose', '=', 'address_undo')
    .where('ended_at', 'is', null)
    .execute();
}
