// Languages as clients handle them: loaded by making one active.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import type { Member } from '../store/caller.ts';
import { known } from './known.ts';

let world: World;
let admin: Member;
let ines: Member;
before(async () => {
  world = await openWorld();
  const made = await world.tenant();
  admin = made.administrator;
  ines = await world.person(made.caller, { login: 'ines' });
});
after(() => world.close());

const call = (who: Member, method: string, ...args: unknown[]) =>
  execute(who, { model: 'res.lang', method, args, kwargs: {} });
const dutch = known.find(({ code }) => code === 'nl_BE')!.id;

test('active languages are the loaded ones; all of them have a number for ever', async () => {
  assert.deepEqual(await call(ines, 'get_installed'), [['en_US', 'English']]);
  const all = await execute(ines, {
    model: 'res.lang',
    method: 'search_count',
    args: [[]],
    kwargs: { context: { active_test: false } },
  });
  assert.equal(all, known.length);
});

test('an administrator loads one and takes it away again, nobody else does', async () => {
  await assert.rejects(call(ines, 'write', [dutch], { active: true }), { code: 'not_allowed' });
  await call(admin, 'write', [dutch], { active: true });
  assert.deepEqual(((await call(ines, 'get_installed')) as unknown[])[1], [
    'nl_BE',
    'Nederlands (BE)',
  ]);
  await call(admin, 'write', [dutch], { active: false });
  assert.equal(((await call(ines, 'get_installed')) as unknown[]).length, 1);
  await assert.rejects(call(admin, 'write', [dutch], { name: 'Vlaams' }), {
    code: 'field_readonly',
  });
  await assert.rejects(call(admin, 'write', [99], { active: true }), { code: 'language_unknown' });
});
