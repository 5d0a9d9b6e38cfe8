// Opens the one database: DATABASE_URL, or the embedded PostgreSQL of the data folder.
import { Kysely } from 'kysely';
import pg from 'pg';
import type { Ahead } from './ahead.ts';
import { scopedDialect } from './dialect.ts';
import { openEmbedded, type Embedded } from './embedded.ts';
import { shippedMigrations } from './migrate.ts';
import { lookWhoAnswers, Prepared } from './prepared.ts';
import type { Tables } from './tables.ts';

/** Typed access to the tables. */
export type Database = Kysely<Tables>;

/** The open database of the installation. */
export interface Store {
  /** Where the database is: for migrations, which open a connection of their own. */
  readonly url: string;
  /** As the owner of the schema: migrations, and making or ending tenants. Sees no tenant's rows. */
  readonly installation: Database;
  /** As the server's role inside one tenant: every statement sees that tenant alone. */
  tenant(id: number): Database;
  /** The same, asking a question in front of the first statement. */
  ahead(id: number, ahead: Ahead): Database;
  /** Throws when the database does not answer or lacks a migration that this version ships. */
  ready(): Promise<void>;
  /** Starts the embedded database again should it end; does nothing for a database of the operator's. */
  watch(onGone: (error: unknown) => void): void;
  close(): Promise<void>;
}

const OPENING = "begin; set local statement_timeout = '30s'";

/** The scope of a tenant for one statement, prepared once a connection. */
const ENTRY = `select set_config('statement_timeout', '30s', true), set_config('role', 'huis_server', true),
  set_config('huis.tenant', $1, true)`;

// Dates without time stay text (YYYY-MM-DD): a JavaScript Date would move them by the time zone.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

function openPool(url: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    pipeline: true,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
    application_name: 'huis',
  } as pg.PoolConfig);
  // A connection that dies is replaced at the next use; without listeners Node would exit, whether it
  // died idle or between two statements of somebody who holds it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    lookWhoAnswers(client).catch(() => undefined);
  });
  return pool;
}

/** A handle of the tenant: a few objects and no connection. */
function handle(pool: pg.Pool, prepared: Prepared, id: number, ahead?: Ahead): Database {
  if (!Number.isSafeInteger(id)) throw new Error('a tenant is named by its number');
  const opening = `${OPENING}; set local role huis_server; set local huis.tenant = '${id}'`;
  const entry = { text: ENTRY, values: [id], name: 'huis_entry' };
  return new Kysely<Tables>({ dialect: scopedDialect(pool, { opening, entry, ahead, prepared }) });
}

/** The handles of tenants, made once each. */
function handles(pool: pg.Pool, prepared: Prepared): (id: number) => Database {
  const made = new Map<number, Database>();
  return (id) => {
    let known = made.get(id);
    if (!known) made.set(id, (known = handle(pool, prepared, id)));
    return known;
  };
}

async function checkMigrations(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>('select name from schema_migrations');
  const done = new Set(rows.map(({ name }) => name));
  const missing = (await shippedMigrations()).find(({ name }) => !done.has(name));
  if (missing) throw new Error(`migration ${missing.name} is not applied`);
}

interface Watcher {
  /** Stops watching; answers the embedded database as it was last started. */
  stop(): Promise<Embedded>;
}

/** Looks every second whether the embedded database answers, and starts it again when it does not. */
function watchEmbedded(
  pool: pg.Pool,
  dataFolder: string,
  opened: Embedded,
  onGone: (error: unknown) => void,
): Watcher {
  let held = opened;
  let round: Promise<void> = Promise.resolve();
  const look = async () => {
    try {
      await pool.query('select 1');
    } catch (error) {
      onGone(error);
      const revived = await openEmbedded(dataFolder).catch(() => undefined);
      if (!revived) return;
      // We use it once: as long as a note of ours stays, nobody who leaves would be the last.
      const before = held;
      held = revived;
      await before.stop().catch(onGone);
    }
  };
  const timer = setInterval(() => {
    round = round.then(look);
  }, 1_000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
      return held;
    },
  };
}

/**
 * Opens the store. `databaseUrl` names a PostgreSQL 15 or newer; without it the embedded one in
 * `dataFolder` is joined or started. `connections` is the most this process holds at once.
 * Throws Refusal `embedded_missing` or `embedded_failed` when the embedded one cannot run.
 */
export async function openStore({
  databaseUrl,
  dataFolder,
  connections = 10,
}: {
  databaseUrl: string | undefined;
  dataFolder: string;
  connections?: number;
}): Promise<Store> {
  const embedded = databaseUrl ? undefined : await openEmbedded(dataFolder);
  const url = databaseUrl ?? embedded!.url;
  const pool = openPool(url, connections);
  const prepared = new Prepared();
  let watcher: Watcher | undefined;
  return {
    url,
    installation: new Kysely<Tables>({
      dialect: scopedDialect(pool, { opening: OPENING, entry: null, prepared }),
    }),
    tenant: handles(pool, prepared),
    ahead: (id, ahead) => handle(pool, prepared, id, ahead),
    ready: () => checkMigrations(pool),
    watch: (onGone) => {
      if (embedded) watcher = watchEmbedded(pool, dataFolder, embedded, onGone);
    },
    close: async () => {
      const held = (await watcher?.stop()) ?? embedded;
      await pool.end();
      await held?.stop();
    },
  };
}
