import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { dumpSchema, writeTypes } from './describe.ts';
import { migrate } from './migrate.ts';

let world: World;
before(async () => (world = await openWorld()));
after(() => world.close());

const written = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

test('the committed dump is what the migrations make', async () => {
  assert.equal(await dumpSchema(world.store.url), await written('./migrations/schema.sql'));
});

test('the committed types are what the migrations make', async () => {
  assert.equal(await writeTypes(world.store.url), await written('./tables.ts'));
});

test('migrating again, twice at once, changes nothing', async () => {
  const applied = await Promise.all([migrate(world.store.url), migrate(world.store.url)]);
  assert.deepEqual(applied, [[], []]);
});
