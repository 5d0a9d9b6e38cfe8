// SQL of rights as records.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Whether the groups let somebody read and write the rights themselves, whose model has this number. */
export async function mayChangeRights(
  { db, tenant }: Caller,
  modelId: number,
  groupIds: readonly number[],
): Promise<boolean> {
  const { rows } = await sql<{ open: boolean | null }>`
    select bool_or(perm_read) and bool_or(perm_write) and bool_or(perm_create) as open
    from model_access where tenant = ${tenant.id} and model_id = ${modelId} and active
      and (group_id is null or group_id = any(${groupIds}::integer[]))`.execute(db);
  return rows[0]?.open === true;
}
