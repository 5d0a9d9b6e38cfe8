// SQL of making and ending a tenant: the only statements that run as the owner of the schema.
import { sql } from 'kysely';
import type { Caller, Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import { tenantColumns } from '../store/tenants.ts';

/** Inserts the tenant and makes it the transaction's own; undefined when the name or host is taken. */
export async function insertTenant(
  db: Database,
  facts: { name: string; title: string; url: string | null; language: string },
): Promise<Tenant | undefined> {
  const tenant = await db
    .insertInto('tenants')
    .values({ ...facts, host: facts.url && new URL(facts.url).host })
    .onConflict((conflict) => conflict.doNothing())
    .returning(tenantColumns)
    .executeTakeFirst();
  if (tenant) await sql`select set_config('huis.tenant', ${String(tenant.id)}, true)`.execute(db);
  return tenant;
}

/** The company of the tenant and the partner that stands for it: in Belgium, with euros, until told else. */
export async function insertCompany({ db, tenant }: Caller, name: string): Promise<void> {
  const partner = await db
    .insertInto('partners')
    .values({
      tenant: tenant.id,
      name,
      is_company: true,
      country_id: sql<number>`(select id from countries where code = 'BE')`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('companies')
    .values({
      tenant: tenant.id,
      partner_id: partner.id,
      name,
      currency_id: sql<number>`(select id from currencies where code = 'EUR')`,
    })
    .execute();
}

/** Deletes a tenant with all its rows; false when there is none of that name. */
export async function deleteTenant(db: Database, name: string): Promise<boolean> {
  const tenant = await db
    .selectFrom('tenants')
    .select('id')
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst();
  if (!tenant) return false;
  await sql`select set_config('huis.tenant', ${String(tenant.id)}, true)`.execute(db);
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`set constraints all deferred`.execute(db);
  for (const table of ['users', 'companies'] as const)
    await db.deleteFrom(table).where('tenant', '=', tenant.id).execute();
  await db.deleteFrom('tenants').where('id', '=', tenant.id).execute();
  return true;
}

/** With more tenants than these the tables are known well enough. */
const YOUNG = 20;

/**
 * Lets PostgreSQL look at the tables of a young installation: until it does so by itself, a minute or more
 * after the first rows, it plans for empty ones, and each question who somebody is reads every partner.
 */
export async function lookAtYoungTables(installation: Database): Promise<void> {
  const few = await installation.selectFrom('tenants').select('id').limit(YOUNG).execute();
  if (few.length === YOUNG) return;
  const { rows } = await sql<{ tables: string }>`
    select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
    where schemaname = 'public' and tableowner = current_user`.execute(installation);
  if (rows[0]?.tables) await sql.raw(`analyze ${rows[0].tables}`).execute(installation);
}
