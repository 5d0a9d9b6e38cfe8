// Which tenant a name, a host or a number means; nobody else decides that.
import { sql } from 'kysely';
import type { Tenant } from './caller.ts';
import type { Store } from './open.ts';

/** The columns of a tenant under the names of `Tenant`. */
export const tenantColumns = [
  'id',
  'name',
  'title',
  'url',
  'language',
  'time_zone as timeZone',
  'password_min_length as passwordMinLength',
  'session_idle_minutes as sessionIdleMinutes',
  'session_absolute_minutes as sessionAbsoluteMinutes',
  'is_test as test',
  'copied_from as copiedFrom',
] as const;

/** The tenant of the row `t`, as JSON in the shape of `Tenant`. */
export const tenantAsJson = sql<Tenant>`json_build_object(${sql.join(
  tenantColumns.flatMap((text) => {
    const [column, name = column] = text.split(' as ');
    return [sql.lit(name!), sql.ref(`t.${column!}`)];
  }),
)})`;

/** Whether a text may name a database: lower case, digits, dot, dash, underscore; 63 at most. */
export function isTenantName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,62}$/.test(name);
}

/** The tenant with this name (its database name on the wire), or undefined. */
export async function tenantByName(store: Store, name: string): Promise<Tenant | undefined> {
  if (!isTenantName(name)) return undefined;
  return store.installation
    .selectFrom('tenants')
    .select(tenantColumns)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** The tenant with this number, or undefined. */
export async function tenantById(store: Store, id: number): Promise<Tenant | undefined> {
  return store.installation
    .selectFrom('tenants')
    .select(tenantColumns)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * The tenant whose own address has this host (`host[:port]`, lower case); else the only tenant of
 * the installation; else undefined.
 */
export async function tenantByHost(store: Store, host: string): Promise<Tenant | undefined> {
  return store.installation
    .selectFrom('tenants')
    .select(tenantColumns)
    .where(
      sql<boolean>`host = ${host} or (select count(*) = 1 from (select from tenants limit 2) few)`,
    )
    .executeTakeFirst();
}

/** A tenant in a list. */
export type ListedTenant = Pick<Tenant, 'id' | 'name' | 'title' | 'url' | 'test' | 'copiedFrom'> & {
  createdAt: Date;
};

/** How strangers see a tenant before they chose one. */
export type OfferedTenant = Pick<Tenant, 'name' | 'title' | 'url'>;

/**
 * The first `limit` tenants by title whose title or name holds `wanted`, without regard to case and
 * accents.
 */
export async function findTenants(
  store: Store,
  { wanted, limit }: { wanted: string; limit: number },
): Promise<OfferedTenant[]> {
  return store.installation
    .selectFrom('tenants')
    .select(['name', 'title', 'url'])
    .where(sql<boolean>`strpos(fold_text(title || ' ' || name), fold_text(${wanted})) > 0`)
    .orderBy('title')
    .orderBy('name')
    .limit(limit)
    .execute();
}

/** Every tenant, sorted by title; for programs and the console. */
export async function listTenants(store: Store): Promise<ListedTenant[]> {
  return store.installation
    .selectFrom('tenants')
    .select(['id', 'name', 'title', 'url', 'created_at as createdAt'])
    .select(['is_test as test', 'copied_from as copiedFrom'])
    .orderBy('title')
    .orderBy('name')
    .execute();
}

/** Every tenant as its callers know it; for what time does to all of them. */
export async function allTenants(store: Store): Promise<Tenant[]> {
  return store.installation.selectFrom('tenants').select(tenantColumns).orderBy('id').execute();
}

/** Whether there is more than one tenant to choose from. */
export async function severalTenants(store: Store): Promise<boolean> {
  const few = await store.installation.selectFrom('tenants').select('id').limit(2).execute();
  return few.length > 1;
}

/** Whether the installation has any tenant yet. */
export async function anyTenant(store: Store): Promise<boolean> {
  const row = await store.installation
    .selectFrom('tenants')
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
