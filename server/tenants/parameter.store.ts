// SQL of system parameters.
import { Refusal } from '../kernel/refusal.ts';
import type { Caller, Member } from '../store/caller.ts';

export async function valueOf({ db, tenant }: Caller, key: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('parameters')
    .select('value')
    .where('tenant', '=', tenant.id)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value;
}

export async function insert(caller: Member, key: string, value: string): Promise<number> {
  const { db, tenant, person } = caller;
  const { id } = await db
    .insertInto('parameters')
    .values({ ...{ tenant: tenant.id, key, value }, created_by: person.id, updated_by: person.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function put(caller: Member, key: string, value: string): Promise<void> {
  const { db, tenant, person, now } = caller;
  await db
    .insertInto('parameters')
    .values({ ...{ tenant: tenant.id, key, value }, created_by: person.id, updated_by: person.id })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'key'])
        .doUpdateSet({ value, updated_by: person.id, updated_at: now() }),
    )
    .execute();
}

/** Throws Refusal `record_missing` (404) when one of them is not there. */
export async function update(
  { db, tenant, person, now }: Member,
  ids: readonly number[],
  changes: { key?: string; value?: string },
): Promise<void> {
  if (ids.length === 0) return;
  const { numUpdatedRows } = await db
    .updateTable('parameters')
    .set({ ...changes, updated_by: person.id, updated_at: now() })
    .where('tenant', '=', tenant.id)
    .where('id', 'in', ids)
    .executeTakeFirst();
  mustBeAll(Number(numUpdatedRows), ids);
}

export async function remove({ db, tenant }: Caller, key: string): Promise<void> {
  await db
    .deleteFrom('parameters')
    .where('tenant', '=', tenant.id)
    .where('key', '=', key)
    .execute();
}

/** Throws Refusal `record_missing` (404) when one of them is not there. */
export async function removeById({ db, tenant }: Caller, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const { numDeletedRows } = await db
    .deleteFrom('parameters')
    .where('tenant', '=', tenant.id)
    .where('id', 'in', ids)
    .executeTakeFirst();
  mustBeAll(Number(numDeletedRows), ids);
}

function mustBeAll(changed: number, ids: readonly number[]): void {
  if (changed < new Set(ids).size)
    throw new Refusal('record_missing', {
      status: 404,
      values: { model: 'ir.config_parameter', ids: ids.join(', ') },
    });
}
