// SQL of postal addresses.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A postal address as stored; the country's names by language. */
export interface StoredAddress {
  partnerId: number;
  street: string | null;
  street2: string | null;
  zip: string | null;
  city: string | null;
  countryCode: string | null;
  country: Record<string, string> | null;
}

const columns = sql`p.id as "partnerId", p.street, p.street2, p.zip, p.city, c.code as "countryCode",
  c.name as country`;

export async function addresses(
  { db, tenant }: Caller,
  partnerIds: readonly number[],
): Promise<StoredAddress[]> {
  const { rows } = await sql<StoredAddress>`
    select ${columns} from partners p left join countries c on c.id = p.country_id
    where p.tenant = ${tenant.id} and p.id = any(${[...partnerIds]}::integer[])`.execute(db);
  return rows;
}

/** The address of the first company, which carries the co-operative's face. */
export async function sender({ db, tenant }: Caller): Promise<StoredAddress | undefined> {
  const { rows } = await sql<StoredAddress>`
    select ${columns} from companies o join partners p on p.tenant = o.tenant and p.id = o.partner_id
    left join countries c on c.id = p.country_id
    where o.tenant = ${tenant.id} order by o.id limit 1`.execute(db);
  return rows[0];
}
