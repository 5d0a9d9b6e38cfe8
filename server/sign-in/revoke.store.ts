// SQL of ending sessions by number.
import type { Caller } from '../store/caller.ts';

/** Ends these sessions, of one person or (null) of anybody; answers how many there were. */
export async function endByNumber(
  { db, tenant }: Caller,
  numbers: readonly number[],
  userId: number | null,
): Promise<number> {
  if (numbers.length === 0) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('tenant', '=', tenant.id)
    .where('number', 'in', numbers)
    .$if(userId !== null, (query) => query.where('user_id', '=', userId!))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
