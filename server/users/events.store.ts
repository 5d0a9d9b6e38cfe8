// SQL of account events.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { EventKind } from './events.ts';

export async function insert(
  { db, tenant, person, address, now }: Caller,
  userIds: readonly number[],
  kind: EventKind,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  await sql`
    insert into account_events (tenant, user_id, actor_id, kind, data, address, created_at)
    select ${tenant.id}, id, ${person?.id ?? null}::integer, ${kind}, ${JSON.stringify(data)}::jsonb,
      ${address}, ${now()} from unnest(${[...userIds]}::integer[]) as id`.execute(db);
}
