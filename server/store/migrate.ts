// Brings the schema to the newest state: numbered SQL files, each in a transaction of its own.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { Refusal } from '../kernel/refusal.ts';

const folder = new URL('./migrations/', import.meta.url);

interface Migration {
  name: string;
  sql: string;
  digest: string;
}

/** The migrations that this version ships, in order. */
export async function shippedMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function applied(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; digest: string }>(
    'select name, digest from schema_migrations',
  );
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

async function apply(client: pg.Client, { name, sql, digest }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('insert into schema_migrations (name, digest) values ($1, $2)', [
    name,
    digest,
  ]);
}

/**
 * Applies what is missing, all or nothing. Two processes may call it at once: the second waits
 * (a transaction-level lock, so PgBouncer in transaction mode is fine).
 * Throws Refusal `schema_newer` when the database was migrated by a newer version, and
 * `server_too_old` below PostgreSQL 15. Returns the names of what was applied.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await refuseOldServer(client);
    const shipped = await shippedMigrations();
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock(hashtext('huis migrations'))");
    const done = await applied(client);
    refuseNewerSchema(shipped, done);
    const missing = shipped.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration);
    await client.query('commit');
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::integer as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version < 150_000)
    throw new Refusal('server_too_old', { detail: `PostgreSQL ${version} is older than 15` });
}

function refuseNewerSchema(shipped: Migration[], done: Map<string, string>): void {
  const known = new Set(shipped.map(({ name }) => name));
  const foreign = [...done.keys()].filter((name) => !known.has(name));
  if (foreign.length > 0) throw new Refusal('schema_newer', { detail: foreign.join(', ') });
}
