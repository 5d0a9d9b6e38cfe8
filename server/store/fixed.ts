// Statements whose text never changes: put together once, and from then on only given their values.
import { CompiledQuery, type RawBuilder } from 'kysely';
import type { Step } from './errand.ts';
import type { Database } from './open.ts';

/** A statement that is always the same but for its values. */
export interface Fixed<V extends object, Row> {
  /** The statement with these values. */
  ready(db: Database, values: V): Step;
  /** Runs it with these values. */
  run(db: Database, values: V): Promise<Row[]>;
}

/** Stands for the value of a name while the text is made. */
class Place<V> {
  readonly name: keyof V;

  constructor(name: keyof V) {
    this.name = name;
  }
}

/** Something whose every property only stands for a value. */
function standIn<V extends object>(): V {
  return new Proxy({} as V, { get: (_, name) => new Place<V>(name as keyof V) });
}

/**
 * Makes a fixed statement of `make`, which gets the values by name and may do nothing with them but put
 * them into the SQL: it is called once, with what only stands for them. Where it travels with others it
 * is prepared under `name`, which is nobody else's.
 */
export function fixed<V extends object, Row>(
  name: string,
  make: (values: V) => RawBuilder<Row>,
): Fixed<V, Row> {
  let made: { text: string; names: (keyof V)[] } | undefined;
  const prepare = (db: Database) => {
    const { sql, parameters } = make(standIn<V>()).compile(db);
    const places = parameters.map((place) => (place as Place<V>).name);
    const names = [...new Set(places)];
    // A value that stands in several places is sent once.
    const text = sql.replace(/\$(\d+)/g, (_, nth) => `$${names.indexOf(places[nth - 1]!) + 1}`);
    return { text, names };
  };
  const ready = (db: Database, values: V): Step => {
    made ??= prepare(db);
    return { name, text: made.text, values: made.names.map((key) => values[key]) };
  };
  return {
    ready,
    run: async (db, values) => {
      const { text, values: given } = ready(db, values);
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...given]));
      return rows;
    },
  };
}
