// SQL of recognising a key: it and its person in one statement, as a session is read.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import { personColumns, type PersonRow } from '../store/person.ts';

/** A key that has not ended, of a person who is not archived. */
export interface Found extends PersonRow {
  key_id: number;
  key_hash: Buffer;
  read_only: boolean;
  models: string[] | null;
  addresses: string[] | null;
  portal_keys: boolean;
}

export async function find(
  { db, tenant, now }: Caller,
  prefix: string,
): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select k.id as key_id, k.key_hash, k.read_only, k.models, k.addresses,
      t.allow_portal_keys as portal_keys, ${personColumns}
    from api_keys k
    join users u on u.tenant = k.tenant and u.id = k.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    join tenants t on t.id = k.tenant
    where k.tenant = ${tenant.id} and k.prefix = ${prefix} and u.active
      and (k.expires_at is null or k.expires_at > ${now()}::timestamptz)`.execute(db);
  return rows[0];
}
