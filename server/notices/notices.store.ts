// SQL of notices.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Notice } from './notices.ts';

export async function insert(
  { db, tenant, now }: Caller,
  userId: number,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  await db
    .insertInto('notices')
    .values({
      tenant: tenant.id,
      user_id: userId,
      kind,
      data: JSON.stringify(data),
      created_at: now(),
    })
    .execute();
}

/** The same order as the list's: the id alone is none, as an import may bring old notices in late. */
function isOlderThan(tenant: number, userId: number, id: number) {
  return sql<boolean>`(created_at, id) < (select n.created_at, n.id from notices n
    where n.tenant = ${tenant} and n.user_id = ${userId} and n.id = ${id})`;
}

export async function listOf(
  { db, tenant }: Caller,
  userId: number,
  limit: number,
  before: number | undefined,
): Promise<Notice[]> {
  const rows = await db
    .selectFrom('notices')
    .select(['id', 'kind', 'data', 'created_at', 'read_at'])
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where(isOlderThan(tenant.id, userId, before!)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, kind, data, created_at, read_at }) => ({
    id,
    kind,
    data: data as Record<string, unknown>,
    createdAt: created_at,
    read: read_at !== null,
  }));
}

/** Marks one as read, keeping when it first was; false when the person has no such notice. */
export async function markRead({ db, tenant, now }: Caller, userId: number, id: number) {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set((row) => ({ read_at: row.fn.coalesce('read_at', row.val(now())) }))
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Marks all as read; answers how many were not. */
export async function markAllRead({ db, tenant, now }: Caller, userId: number) {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ read_at: now() })
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
