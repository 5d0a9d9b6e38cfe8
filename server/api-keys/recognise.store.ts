// SQL of recognising a key: it and its person in one statement, as a session is read.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A key that has not ended, of a person who is not archived. */
export interface Found {
  key_id: number;
  key_hash: Buffer;
  read_only: boolean;
  models: string[] | null;
  addresses: string[] | null;
  portal_keys: boolean;
  user_id: number;
  partner_id: number;
  company_id: number;
  login: string;
  name: string;
  email: string | null;
  language: string | null;
  time_zone: string | null;
  groups: string[];
  company_ids: number[];
  rights_stamp: string;
}

export async function find(
  { db, tenant, now }: Caller,
  prefix: string,
): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select k.id as key_id, k.key_hash, k.read_only, k.models, k.addresses,
      t.allow_portal_keys as portal_keys, u.id as user_id, u.partner_id, u.company_id, u.login,
      p.name, p.email, p.language, p.time_zone,
      array(select g.external_id from group_users m join groups g
        on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = u.tenant and m.user_id = u.id) as groups,
      array(select m.company_id from company_users m
        where m.tenant = u.tenant and m.user_id = u.id) as company_ids,
      (select r.stamp from rights_stamps r where r.tenant = u.tenant) as rights_stamp
    from api_keys k
    join users u on u.tenant = k.tenant and u.id = k.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    join tenants t on t.id = k.tenant
    where k.tenant = ${tenant.id} and k.prefix = ${prefix} and u.active
      and (k.expires_at is null or k.expires_at > ${now()}::timestamptz)`.execute(db);
  return rows[0];
}
