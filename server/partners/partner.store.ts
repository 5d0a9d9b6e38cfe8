// SQL of partners beyond their row.
import type { Caller } from '../store/caller.ts';

/** Whether an active user is made of one of these partners. */
export async function haveUsers({ db, tenant }: Caller, ids: readonly number[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const found = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('partner_id', 'in', ids)
    .where('active', '=', true)
    .limit(1)
    .execute();
  return found.length > 0;
}
