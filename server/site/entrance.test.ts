import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '#tests/world.ts';
import type { Tenant } from '../store/caller.ts';
import { readEntrance } from './entrance.ts';
import { readFrame } from './frame.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const rename = ({ id }: Tenant, name: string, host: string | null = null) =>
  sql`update tenants set name = ${name}, host = ${host} where id = ${id}`.execute(
    world.store.installation,
  );

test('it is the tenant as it is now with its frame, the second time too', async () => {
  const { caller } = await world.tenant();
  for (const title of [caller.tenant.title, 'Another title']) {
    await sql`update tenants set title = ${title} where id = ${caller.tenant.id}`.execute(
      world.store.installation,
    );
    const found = await readEntrance(world.store, { name: caller.tenant.name });
    assert.deepEqual(found?.tenant, { ...caller.tenant, title });
    assert.deepEqual(found?.frame, await readFrame(caller));
  }
});

test('a name or host that went to another tenant leads there at once', async () => {
  const [one, other] = [(await world.tenant()).caller.tenant, (await world.tenant()).caller.tenant];
  const at = `${one.name}.example`;
  await rename(one, one.name, at);
  const ids = async () => [
    (await readEntrance(world.store, { name: one.name }))?.tenant.id,
    (await readEntrance(world.store, { host: at }))?.tenant.id,
  ];
  assert.deepEqual(await ids(), [one.id, one.id]);
  await rename(one, `${one.name}-former`);
  assert.deepEqual(await ids(), [undefined, undefined]);
  await rename(other, one.name, at);
  assert.deepEqual(await ids(), [other.id, other.id]);
});

test('a name that no database may have is looked up nowhere', async () => {
  assert.equal(await readEntrance(world.store, { name: "x'; --" }), undefined);
});
