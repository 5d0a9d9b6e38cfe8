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

class ScopedConnection implements DatabaseConnection {
  readonly client: PoolClient;
  readonly #opening: string;
  inTransaction = false;

  constructor(client: PoolClient, opening: string) {
    this.client = client;
    this.#opening = opening;
  }

  /**
   * Sends `begin` and the scope without waiting for the answer: the client is in pipeline mode, so
   * the first statement travels in the same packet. Should the opening fail, PostgreSQL refuses all
   * that follows in the aborted transaction.
   */
  begin(): void {
    later(this.client.query(this.#opening));
    this.inTransaction = true;
  }

  async end(word: 'commit' | 'rollback'): Promise<void> {
    this.inTransaction = false;
    await this.client.query(word);
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.inTransaction) return toResult(await this.client.query(sql, parameters as unknown[]));
    later(this.client.query(this.#opening));
    const answer = this.client.query(sql, parameters as unknown[]);
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
  readonly #opening: string;

  constructor(pool: Pool, opening: string) {
    this.#pool = pool;
    this.#opening = opening;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ScopedConnection> {
    return new ScopedConnection(await this.#pool.connect(), this.#opening);
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
    connection.client.release(connection.inTransaction);
  }

  async destroy(): Promise<void> {}
}

/**
 * A Kysely dialect over a shared pool whose transactions all start with `opening` (plain SQL that
 * begins the transaction). The pool stays its owner's to end.
 */
export function scopedDialect(pool: Pool, opening: string): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new ScopedDriver(pool, opening),
    createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
