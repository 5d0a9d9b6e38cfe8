import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '#tests/world.ts';
import type { Database } from './open.ts';
import { isStale, Prepared } from './prepared.ts';

let world: World;
let db: Database;
let id: number;
before(async () => {
  world = await openWorld();
  ({ db, id } = await world
    .tenant()
    .then(({ caller }) => ({ db: caller.db, id: caller.tenant.id })));
});
after(() => world.close());

test('a text gets a name the third time, the same one ever after, and only so many do', () => {
  const prepared = new Prepared();
  const third = (text: string) => [1, 2, 3].map(() => prepared.nameOf(text)).at(-1);
  assert.deepEqual([prepared.nameOf('a'), prepared.nameOf('a')], [undefined, undefined]);
  assert.equal(prepared.nameOf('a'), 'huis_0');
  assert.equal(prepared.nameOf('a'), 'huis_0');
  for (let i = 0; i < 200; i++) third(`text ${i}`);
  assert.equal(third('one more'), undefined);
  assert.equal(prepared.nameOf('text 0'), 'huis_1');
});

test('what comes again is prepared, still sees one tenant alone, and several at once do not mix', async () => {
  const other = (await world.tenant()).caller;
  const titles = (handle: Database, given: number) =>
    sql<{ given: number; tenant: number }>`
      select distinct ${given}::integer as given, tenant from users`.execute(handle);
  for (let round = 0; round < 6; round++) {
    const answers = await Promise.all(
      [db, other.db, db, other.db].map((handle, i) => titles(handle, i)),
    );
    assert.deepEqual(
      answers.map(({ rows }) => rows),
      [id, other.tenant.id, id, other.tenant.id].map((tenant, given) => [{ given, tenant }]),
    );
  }
  const kept = await db.transaction().execute((inside) =>
    sql<{ n: number }>`select count(*)::integer as n from pg_prepared_statements
      where name like ${'huis_%'}`.execute(inside),
  );
  assert.ok(kept.rows[0]!.n > 0);
});

test('a statement whose table has changed fails once, and its connection is not used again', async () => {
  const owner = world.store.installation;
  const read = () => sql`select * from prepared_probe where id > ${0}`.execute(owner);
  await sql`create table prepared_probe (id integer)`.execute(owner);
  for (let round = 0; round < 8; round++) await read();
  await sql`alter table prepared_probe add column name text`.execute(owner);
  try {
    const outcomes: unknown[] = [];
    for (let round = 0; round < 12; round++) outcomes.push(await read().catch((error) => error));
    assert.ok(outcomes.filter((outcome) => outcome instanceof Error).every(isStale));
    assert.ok(!(outcomes.at(-1) instanceof Error));
  } finally {
    await sql`drop table prepared_probe`.execute(owner);
  }
});
