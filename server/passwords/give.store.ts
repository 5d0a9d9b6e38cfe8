// SQL of a changed password.
import type { Caller } from '../store/caller.ts';

/** Stores the hash of the person's password, and whether they have to choose another one. */
export async function setHash(
  { db, tenant, now }: Caller,
  userId: number,
  hash: string,
  mustChange: boolean,
) {
  await db
    .updateTable('users')
    .set({
      password_hash: hash,
      password_changed_at: now(),
      updated_at: now(),
      must_change_password: mustChange,
    })
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .execute();
}
