// Statements that travel to PostgreSQL together: written as one packet, ended by one Sync. PostgreSQL
// runs them as one transaction, which begins with the first and commits at the Sync; when one fails,
// it skips the rest and undoes them all.
import pg, { type Connection, type FieldDef, type PoolClient } from 'pg';
import { serialize } from 'pg-protocol';
import { isStale, keepsStatements } from './prepared.ts';

/** One statement of an errand. A name is heeded on connections that keep statements alone. */
export interface Step {
  text: string;
  values: readonly unknown[];
  /** What it is prepared under. */
  name?: string | undefined;
}

/** Columns of an answer, and how to read each from its text. */
interface Shape {
  names: string[];
  parsers: ((text: string) => unknown)[];
}

/** What PostgreSQL answered to one statement. */
export interface Answer {
  /** The command's tag: `SELECT 1`, `INSERT 0 1`. */
  command: string;
  /** The rows as texts, before anything is read from them. */
  raw: (string | null)[][];
  shape: Shape;
}

/** What `pg` has and its types do not say. */
interface Inner {
  utils: { prepareValue(value: unknown): unknown };
}
interface Typed {
  getTypeParser(oid: number, format: 'text'): (text: string) => unknown;
}

const { prepareValue } = (pg as unknown as Inner).utils;
const NOTHING: Shape = { names: [], parsers: [] };
const DESCRIBE = serialize.describe({ type: 'P' });
const EXECUTE = serialize.execute();
const SYNC = serialize.sync();

/** The statements that are prepared on a connection, and what each answers. */
const prepared = new WeakMap<PoolClient, Map<string, Shape>>();

function preparedOn(client: PoolClient): Map<string, Shape> {
  let known = prepared.get(client);
  if (!known) prepared.set(client, (known = new Map()));
  return known;
}

/** Reads rows from their texts. */
export function rowsOf<Row>({ raw, shape: { names, parsers } }: Omit<Answer, 'command'>): Row[] {
  return raw.map((texts) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i++) {
      const text = texts[i]!;
      row[names[i]!] = text === null ? null : parsers[i]!(text);
    }
    return row as Row;
  });
}

/** One packet of statements, in the shape that `pg` queues; it tells their answers once, or why not. */
class Errand extends pg.Query {
  /** Settled when PostgreSQL is ready for the next. */
  readonly answers: Promise<Answer[]>;
  /** Whether it prepares statements: after a failure nobody knows which are there. */
  prepares = false;
  readonly #packet: Buffer;
  readonly #steps: readonly Step[];
  readonly #known: Map<string, Shape>;
  readonly #types: Typed;
  readonly #told: Answer[] = [];
  #resolve!: (answers: Answer[]) => void;
  #reject!: (error: unknown) => void;
  #raw: (string | null)[][] = [];
  #shape: Shape | undefined;

  constructor(client: PoolClient, steps: readonly Step[]) {
    super({ text: '' });
    this.#known = preparedOn(client);
    this.#types = client as unknown as Typed;
    this.#steps = steps;
    const keeps = keepsStatements(client);
    this.#packet = Buffer.concat([...steps.flatMap((step) => this.#write(step, keeps)), SYNC]);
    this.answers = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  #write({ text, values, name: wished }: Step, keeps: boolean): Buffer[] {
    const name = (keeps && wished) || '';
    const bound = serialize.bind({
      statement: name,
      values: values as unknown[],
      valueMapper: prepareValue,
    });
    if (name !== '' && this.#known.has(name)) return [bound, EXECUTE];
    if (name !== '') {
      this.prepares = true;
      this.#known.set(name, NOTHING);
    }
    return [serialize.parse({ name, text }), bound, DESCRIBE, EXECUTE];
  }

  // What follows is called by the client, in the order of the answers.

  override submit = ({ stream }: Connection): null => {
    stream.write(this.#packet);
    return null;
  };

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.#shape = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => this.#types.getTypeParser(dataTypeID, 'text')),
    };
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#raw.push(fields);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name = '' } = this.#steps[this.#told.length]!;
    if (this.#shape && this.#known.has(name)) this.#known.set(name, this.#shape);
    const shape = this.#shape ?? this.#known.get(name) ?? NOTHING;
    this.#told.push({ command: text, raw: this.#raw, shape });
    this.#raw = [];
    this.#shape = undefined;
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#told);
  }
}

/** Sends the steps in one packet; what comes back answers each. `spoil` is called when the connection is not to be used again. */
export async function run(
  client: PoolClient,
  steps: readonly Step[],
  spoil: () => void,
): Promise<Answer[]> {
  const errand = new Errand(client, steps);
  client.query(errand);
  try {
    return await errand.answers;
  } catch (error) {
    if (errand.prepares || isStale(error)) spoil();
    // Where the failure was read from the socket says nothing; where the statement came from does.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}
