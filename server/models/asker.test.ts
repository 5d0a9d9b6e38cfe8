// Full powers are asked for in words, and the words can be listened to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '#tests/world.ts';
import { askerOf, asSystem, watchFullPowers, type FullPowers } from './asker.ts';

test('whoever takes full powers is told of, with the reason', async () => {
  const world = await openWorld();
  const { administrator } = await world.tenant();
  const taken: FullPowers[] = [];
  watchFullPowers((one) => taken.push(one));
  asSystem(askerOf(administrator), 'water the plants');
  watchFullPowers(() => undefined);
  const { tenant, person } = administrator;
  assert.deepEqual(taken, [{ tenant: tenant.name, user: person.id, reason: 'water the plants' }]);
  await world.close();
});
