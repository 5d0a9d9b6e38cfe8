// Which statements PostgreSQL keeps prepared: those that come again. Planning one of ours takes several
// times as long as running it.
import type { PoolClient } from 'pg';

/** Statements kept by a connection at most: each weighs tens of kilobytes in PostgreSQL. */
const KEPT_AT_MOST = 80;
/** Texts whose uses are counted at most: a text put together anew each time never comes again. */
const COUNTED_AT_MOST = 500;
/** The use from which on a statement is prepared. */
const WORTH_IT = 3;

/** Names for the statements that come again. */
export class Prepared {
  readonly #names = new Map<string, string>();
  readonly #uses = new Map<string, number>();

  /** The name to prepare this text under; undefined for one that is sent as it is. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= KEPT_AT_MOST) return known;
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (this.#uses.size >= COUNTED_AT_MOST) this.#uses.clear();
    this.#uses.set(text, uses);
    if (uses < WORTH_IT) return undefined;
    const name = `huis_${this.#names.size}`;
    this.#uses.delete(text);
    this.#names.set(text, name);
    return name;
  }
}

/** What a client knows of the process behind it; `pg` has no name for it in its types. */
interface Connected {
  processID: number | null;
}

const direct = new WeakSet<PoolClient>();

/**
 * Finds out whether PostgreSQL itself is at the other end. A pooler that hands out connections by
 * transaction gives a number of its own instead of the backend's, and behind one a prepared statement
 * may be somewhere else the next time.
 */
export async function lookWhoAnswers(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  if (rows[0]?.pid === (client as unknown as Connected).processID) direct.add(client);
}

/** Whether a statement prepared on this connection is still there at the next use. */
export function keepsStatements(client: PoolClient): boolean {
  return direct.has(client);
}

/** The prepared statement is gone, or the tables it was made for have changed: a new connection helps. */
export function isStale(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    error.code === '26000' || (error.code === '0A000' && error.message.includes('cached plan'))
  );
}
