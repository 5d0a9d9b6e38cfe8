// SQL of recognising a key: it and its person in one statement, as a session is read.
import { sql } from 'kysely';
import type { Tenant } from '../store/caller.ts';
import { fixed } from '../store/fixed.ts';
import { personColumns, type PersonRow } from '../store/person.ts';
import { tenantAsJson } from '../store/tenants.ts';

/** A key that has not ended, of a person who is not archived. */
export interface Found extends PersonRow {
  key_id: number;
  key_hash: Buffer;
  read_only: boolean;
  models: string[] | null;
  addresses: string[] | null;
  portal_keys: boolean;
  tenant: Tenant;
}

/** How a program names the database: by its name, or by the host it called. */
export interface Door {
  name: string | null;
  host: string | null;
}

/** The key with this prefix, if the tenant is still the one behind the door. */
export const byPrefix = fixed(
  'huis_key',
  ({
    tenant,
    name,
    host,
    prefix,
    now,
  }: Door & { tenant: number; prefix: string; now: Date }) => sql<Found>`
    select k.id as key_id, k.key_hash, k.read_only, k.models, k.addresses,
      t.allow_portal_keys as portal_keys, ${personColumns},
      ${tenantAsJson} as tenant
    from api_keys k
    join users u on u.tenant = k.tenant and u.id = k.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    join tenants t on t.id = k.tenant
    where k.tenant = ${tenant} and k.prefix = ${prefix} and u.active
      and (k.expires_at is null or k.expires_at > ${now}::timestamptz)
      and (t.name = ${name}::text or t.host = ${host}::text or (${host}::text is not null
        and (select count(*) = 1 from (select from tenants limit 2) few)))`,
);
