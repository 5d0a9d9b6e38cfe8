// SQL of a changed password.
import type { Caller } from '../store/caller.ts';

/** Stores the hash and ends every outstanding link of the person: their credentials changed. */
export async function setHash({ db, tenant, now }: Caller, userId: number, hash: string) {
  await db
    .updateTable('users')
    .set({ password_hash: hash, password_changed_at: now(), updated_at: now() })
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .execute();
  await db
    .deleteFrom('links')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .execute();
}
