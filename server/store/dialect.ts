// How a query of one tenant reaches PostgreSQL: every statement runs inside a transaction that has
// taken the server's role and named the tenant, so that row-level security holds whatever the SQL.
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient, QueryResult as PgResult } from 'pg';
import { isStale, keepsStatements, type Prepared } from './prepared.ts';

/** Fields that PostgreSQL answers after a statement; Kysely wants counts as bigint. */
function toResult<Row>(result: PgResult): QueryResult<Row> {
  const { command, rowCount, rows } = result;
  const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
  return changes || command === 'MERGE'
    ? { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) }
    : { rows: rows as Row[] };
}

/** A promise nobody awaits yet: its failure shows on the statement that follows it. */
function later(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}

/** How statements are opened, and whether one outside a transaction needs the scope at all. */
interface Scope {
  opening: string;
  always: boolean;
  /** Shared by all scopes of a pool: names belong to connections. */
  prepared: Prepared;
}

/** The socket of a client; `pg` has no name for it in its types. */
interface Corkable {
  connection: { stream: { cork(): void; uncork(): void } };
}

/** Holds back what is sent in this turn, so that it leaves in one packet and one system call. */
function inOnePacket(client: PoolClient): void {
  const { stream } = (client as unknown as Corkable).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

class ScopedConnection implements DatabaseConnection {
  readonly client: PoolClient;
  readonly #scope: Scope;
  inTransaction = false;
  /** A connection that is not to be used again. */
  spoilt = false;

  constructor(client: PoolClient, scope: Scope) {
    this.client = client;
    this.#scope = scope;
  }

  /**
   * Sends `begin` and the scope without waiting for the answer: the client is in pipeline mode, so
   * the first statement travels in the same packet. Should the opening fail, PostgreSQL refuses all
   * that follows in the aborted transaction.
   */
  begin(): void {
    inOnePacket(this.client);
    later(this.client.query(this.#scope.opening));
    this.inTransaction = true;
  }

  async end(word: 'commit' | 'rollback'): Promise<void> {
    this.inTransaction = false;
    await this.client.query(word);
  }

  async #send({ sql, parameters }: CompiledQuery): Promise<PgResult> {
    // What has no parameters may be several statements in one text, which cannot be prepared.
    const keeps = parameters.length > 0 && keepsStatements(this.client);
    const name = keeps ? this.#scope.prepared.nameOf(sql) : undefined;
    try {
      return await this.client.query({ name, text: sql, values: parameters as unknown[] });
    } catch (error) {
      this.spoilt ||= isStale(error);
      throw error;
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    inOnePacket(this.client);
    if (this.inTransaction || !this.#scope.always) return toResult(await this.#send(query));
    later(this.client.query(this.#scope.opening));
    const answer = this.#send(query);
    const closed = this.client.query('commit');
    later(closed);
    const result = await answer;
    await closed;
    return toResult(result);
  }

  // eslint-disable-next-line require-yield -- the interface asks for it; nothing of ours streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not offered on a scoped connection');
  }
}

class ScopedDriver implements Driver {
  readonly #pool: Pool;
  readonly #scope: Scope;

  constructor(pool: Pool, scope: Scope) {
    this.#pool = pool;
    this.#scope = scope;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ScopedConnection> {
    return new ScopedConnection(await this.#pool.connect(), this.#scope);
  }

  async beginTransaction(connection: ScopedConnection): Promise<void> {
    connection.begin();
  }

  async commitTransaction(connection: ScopedConnection): Promise<void> {
    await connection.end('commit');
  }

  async rollbackTransaction(connection: ScopedConnection): Promise<void> {
    await connection.end('rollback');
  }

  async releaseConnection(connection: ScopedConnection): Promise<void> {
    connection.client.release(connection.inTransaction || connection.spoilt);
  }

  async destroy(): Promise<void> {}
}

/**
 * A Kysely dialect over a shared pool whose transactions all start with `opening` (plain SQL that
 * begins the transaction); with `always`, a statement outside a transaction gets one of its own.
 * The pool stays its owner's to end.
 */
export function scopedDialect(pool: Pool, scope: Scope): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new ScopedDriver(pool, scope),
    createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
