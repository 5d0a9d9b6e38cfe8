// SQL of notices.
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
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
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

export async function exists({ db, tenant }: Caller, userId: number, id: number) {
  const row = await db
    .selectFrom('notices')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks one notice, or with null all, as read; answers how many were unread. */
export async function markRead({ db, tenant, now }: Caller, userId: number, id: number | null) {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ read_at: now() })
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .$if(id !== null, (query) => query.where('id', '=', id!))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
