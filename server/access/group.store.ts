// SQL of groups as records.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Whether another group of the same category has the same name in some language. */
export async function hasNamesake({ db, tenant }: Caller, ids: readonly number[]) {
  const { rows } = await sql`select from groups g
    join groups o on o.tenant = g.tenant and o.id <> g.id
      and o.category_id is not distinct from g.category_id
    where g.tenant = ${tenant.id} and g.id = any(${ids}::integer[]) and exists (
      select from jsonb_each_text(g.name) a join jsonb_each_text(o.name) b
        on a.key = b.key and fold_text(a.value) = fold_text(b.value))
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether one of the groups has record rules. */
export async function hasRules({ db, tenant }: Caller, ids: readonly number[]): Promise<boolean> {
  const { rows } = await sql`select from record_rule_groups
    where tenant = ${tenant.id} and group_id = any(${ids}::integer[]) limit 1`.execute(db);
  return rows.length > 0;
}
