// SQL of copying a tenant, as the owner of the schema. Row-level security binds the owner too, so the
// transaction is never in two tenants: rows of one are set aside in a temporary table, then go to the other.
import { sql } from 'kysely';
import type { Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import { tenantColumns } from '../store/tenants.ts';
import type { Change } from './fates.ts';

/** A table of tenants: its columns but `tenant` and the generated ones, and the tables it needs first. */
export interface CopiedTable {
  name: string;
  columns: string[];
  needs: string[];
}

/**
 * Makes the transaction read one moment of the database, however long it takes, and copy rows as they are.
 * Must be its first statement.
 */
export async function openCopy(db: Database): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(db);
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`set local huis.copying = 'on'`.execute(db);
  await sql`set constraints all deferred`.execute(db);
}

/** Every table of tenants, as the catalogue of PostgreSQL knows them, in no order. */
export async function tenantTables(db: Database): Promise<CopiedTable[]> {
  const { rows } = await sql<CopiedTable>`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' and a.attname <> 'tenant'
        order by a.attnum) as columns,
      array(select distinct o.relname::text from pg_constraint k join pg_class o on o.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and not k.condeferrable
          and k.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant')
    order by c.relname collate "C"`.execute(db);
  return rows;
}

/** The tenant of this name or number, as the moment of the transaction has it. */
export async function findTenant(
  db: Database,
  by: 'id' | 'name',
  value: number | string,
): Promise<Tenant | undefined> {
  return db.selectFrom('tenants').select(tenantColumns).where(by, '=', value).executeTakeFirst();
}

/** What the copy has of its own; all other settings are those of the original. */
interface OwnFacts {
  name: string;
  title: string;
  url: string | null;
}

const OWN = ['id', 'name', 'title', 'url', 'host', 'is_test', 'copied_from', 'created_at'];

async function settingsColumns(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = 'public.tenants'::regclass
      and attnum > 0 and not attisdropped and attgenerated = ''`.execute(db);
  return rows.map(({ name }) => name).filter((name) => !OWN.includes(name));
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** The row of the copy; undefined, and the transaction spoilt, when its name or host is taken. */
export async function insertTest(
  db: Database,
  from: Tenant,
  { name, title, url }: OwnFacts,
): Promise<Tenant | undefined> {
  const settings = sql.join((await settingsColumns(db)).map((column) => sql.ref(column)));
  const host = url && new URL(url).host;
  try {
    const { rows } = await sql<{ id: number }>`
      insert into tenants (name, title, url, host, is_test, copied_from, ${settings})
      select ${name}, ${title}, ${url}, ${host}, true, name, ${settings}
      from tenants where id = ${from.id} returning id`.execute(db);
    return await findTenant(db, 'id', rows[0]!.id);
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

async function beIn(db: Database, tenantId: number): Promise<void> {
  await sql`select set_config('huis.tenant', ${String(tenantId)}, true)`.execute(db);
}

/** Copies the rows of one table, changed as it says. */
export async function copyRows(
  db: Database,
  { name, columns }: CopiedTable,
  { from, to, change }: { from: Tenant; to: Tenant; change: Change },
): Promise<void> {
  const { fixed = {}, except } = change;
  const table = sql.table(`public.${name}`);
  const refs = sql.join(columns.map((column) => sql.ref(column)));
  const values = sql.join(
    columns.map((column) => (column in fixed ? sql.lit(fixed[column]!) : sql.ref(column))),
  );
  const meant = except
    ? sql`${sql.ref(except.column)} !~* ${sql.lit(except.pattern)}`
    : sql.lit(true);
  await beIn(db, from.id);
  await sql`create temporary table rows_to_copy on commit drop as
    select ${refs} from ${table} where tenant = ${sql.lit(from.id)} and ${meant}`.execute(db);
  await beIn(db, to.id);
  await sql`insert into ${table} (tenant, ${refs}) overriding system value
    select ${sql.lit(to.id)}, ${values} from pg_temp.rows_to_copy`.execute(db);
  await sql`drop table pg_temp.rows_to_copy`.execute(db);
}
