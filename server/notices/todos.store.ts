// SQL of to-dos.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Todo } from './todos.ts';

export async function listOf(
  { db, tenant }: Caller,
  userId: number,
  doneSince: Date,
): Promise<Todo[]> {
  const { rows } = await sql<Todo>`
    select id, title, due_on as "dueOn", done_at is not null as done from todos
    where tenant = ${tenant.id} and user_id = ${userId}
      and (done_at is null or done_at > ${doneSince})
    order by done_at is not null, done_at desc, due_on nulls last, id
    limit 500`.execute(db);
  return rows;
}

export async function insert(
  { db, tenant, now }: Caller,
  userId: number,
  title: string,
  dueOn: string | null,
): Promise<void> {
  await db
    .insertInto('todos')
    .values({ tenant: tenant.id, user_id: userId, title, due_on: dueOn, created_at: now() })
    .execute();
}

export async function setDone(
  { db, tenant, now }: Caller,
  userId: number,
  id: number,
  done: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('todos')
    .set((row) => ({ done_at: done ? row.fn.coalesce('done_at', row.val(now())) : null }))
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function remove({ db, tenant }: Caller, userId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('todos')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
