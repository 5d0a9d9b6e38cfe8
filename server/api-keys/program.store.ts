// SQL of keys that programs make and revoke.
import { sql } from 'kysely';
import type { Member } from '../store/caller.ts';

/** A living key of the caller's. */
export interface OwnKey {
  id: number;
  hash: Buffer;
  /** Whether it reaches less far than its owner, or comes from few addresses. */
  limited: boolean;
}

export async function findOwn(
  { db, tenant, person, now }: Member,
  prefix: string,
): Promise<OwnKey | undefined> {
  const { rows } = await sql<OwnKey>`
    select id, key_hash as hash,
      read_only or models is not null or addresses is not null as limited
    from api_keys where tenant = ${tenant.id} and user_id = ${person.id} and prefix = ${prefix}
      and (expires_at is null or expires_at > ${now()})`.execute(db);
  return rows[0];
}

export async function removeOwn({ db, tenant, person }: Member, id: number): Promise<void> {
  await db
    .deleteFrom('api_keys')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', person.id)
    .where('id', '=', id)
    .execute();
}
