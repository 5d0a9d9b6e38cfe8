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
import type { Pool, PoolClient } from 'pg';
import type { Ahead } from './ahead.ts';
import { rowsOf, run, type Step } from './errand.ts';
import { keepsStatements, type Prepared } from './prepared.ts';

/** What a statement did, as Kysely wants it: counts of changes as bigint. `tag` is PostgreSQL's, `UPDATE 3`. */
function toResult<Row>(rows: Row[], tag: string): QueryResult<Row> {
  const [, many] = /^(?:INSERT|UPDATE|DELETE|MERGE)(?: \d+)? (\d+)$/.exec(tag) ?? [];
  return many === undefined ? { rows } : { rows, numAffectedRows: BigInt(many) };
}

/** A promise nobody awaits yet: its failure shows on the statement that follows it. */
function later(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}

/** How statements are opened. */
interface Scope {
  /** Begins a transaction, as plain SQL. */
  opening: string;
  /** What comes before a statement outside a transaction, in the same packet; null where nothing must. */
  entry: Step | null;
  /** Asked in front of the first statement. */
  ahead?: Ahead;
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
    this.#scope.ahead?.mustBeAsked();
    inOnePacket(this.client);
    later(this.client.query(this.#scope.opening));
    this.inTransaction = true;
  }

  async end(word: 'commit' | 'rollback'): Promise<void> {
    this.inTransaction = false;
    await this.client.query(word);
  }

  /** The statement as a step, prepared where that is worth it. */
  #step({ sql, parameters }: CompiledQuery): Step {
    const { prepared } = this.#scope;
    const name = keepsStatements(this.client) ? prepared.nameOf(sql) : undefined;
    return { text: sql, values: parameters, name };
  }

  /** Without parameters it may be several statements in one text, which PostgreSQL takes only as plain SQL. */
  async #runPlain<Row>(text: string): Promise<QueryResult<Row>> {
    const enters = !this.inTransaction && this.#scope.entry !== null;
    if (enters) this.begin();
    const answer = this.client.query(text);
    const closed = enters && this.end('commit');
    if (closed) later(closed);
    const { rows, command, rowCount } = await answer;
    await closed;
    return toResult(rows as Row[], `${command} ${rowCount}`);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (query.parameters.length === 0) return this.#runPlain(query.sql);
    const { entry, ahead } = this.#scope;
    const enters = !this.inTransaction && entry !== null;
    const question = ahead?.take() ?? null;
    const steps = [enters ? entry : null, question, this.#step(query)].filter(
      (step) => step !== null,
    );
    const answers = await run(this.client, steps, () => (this.spoilt = true));
    if (question) ahead!.judge(answers.at(-2)!);
    const { command, ...answer } = answers.at(-1)!;
    return toResult(rowsOf<Row>(answer), command);
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
 * A Kysely dialect over a shared pool whose transactions all start with the scope's opening, and whose
 * statements outside a transaction with its entry. The pool stays its owner's to end.
 */
export function scopedDialect(pool: Pool, scope: Scope): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new ScopedDriver(pool, scope),
    createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
