// Statements whose text never changes: put together once, and from then on only given their values.
import { CompiledQuery, type RawBuilder } from 'kysely';
import type { Step } from './errand.ts';
import type { Database } from './open.ts';

/** A statement that is always the same but for its values. */
export interface Fixed<V extends readonly unknown[], Row> {
  /** The statement with these values. */
  ready(db: Database, ...values: V): Step;
  /** Runs it with these values. */
  run(db: Database, ...values: V): Promise<Row[]>;
}

/** Stands for the value at a place while the text is made. */
class Place {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * Makes a fixed statement of `make`, which gets the values in order and may do nothing with them but put
 * them into the SQL: it is called once, with what only stands for them. Where it travels with others it
 * is prepared under `name`, which is nobody else's.
 */
export function fixed<V extends readonly unknown[], Row>(
  name: string,
  make: (...values: V) => RawBuilder<Row>,
): Fixed<V, Row> {
  let made: { text: string; places: number[] } | undefined;
  const prepare = (db: Database) => {
    const stand = Array.from({ length: make.length }, (_, index) => new Place(index));
    const { sql, parameters } = make(...(stand as unknown as V)).compile(db);
    return { text: sql, places: parameters.map((place) => (place as Place).index) };
  };
  const ready = (db: Database, ...values: V): Step => {
    made ??= prepare(db);
    return { name, text: made.text, values: made.places.map((index) => values[index]) };
  };
  return {
    ready,
    run: async (db, ...values) => {
      const { text, values: given } = ready(db, ...values);
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...given]));
      return rows;
    },
  };
}
