// System parameters: by key and by record, for Settings administrators alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import type { Member } from '../store/caller.ts';

let world: World;
let admin: Member;
let ines: Member;
before(async () => {
  world = await openWorld();
  const made = await world.tenant({ url: 'https://parameters.example' });
  admin = made.administrator;
  ines = await world.person(made.caller, { login: 'ines' });
});
after(() => world.close());

const call = (method: string, ...args: unknown[]) =>
  execute(admin, { model: 'ir.config_parameter', method, args, kwargs: {} });

test('a parameter is set, read, replaced and taken away by its key', async () => {
  assert.equal(await call('get_param', 'shop.opening'), false);
  assert.equal(await call('get_param', 'shop.opening', 'never'), 'never');
  assert.equal(await call('set_param', 'shop.opening', '9:00'), false);
  assert.equal(await call('set_param', 'shop.opening', '10:00'), '9:00');
  assert.equal(await call('get_param', 'shop.opening'), '10:00');
  assert.equal(await call('set_param', 'shop.opening', false), '10:00');
  assert.equal(await call('get_param', 'shop.opening'), false);
});

test('and record by record', async () => {
  const id = (await call('create', { key: 'a.b', value: 'c' })) as number;
  await assert.rejects(call('create', { key: 'a.b', value: 'd' }), { code: 'value_taken' });
  await call('write', [id], { value: 'e' });
  assert.equal(await call('get_param', 'a.b'), 'e');
  await call('unlink', [id]);
  await assert.rejects(call('write', [id], { value: 'f' }), { code: 'record_missing' });
});

test('the tenant’s own settings are mirrored, to read only', async () => {
  assert.equal(await call('get_param', 'web.base.url'), 'https://parameters.example');
  assert.equal(await call('get_param', 'auth_password_policy.minlength'), '12');
  const [row] = (await call('search_read', [['key', '=', 'web.base.url']])) as { id: number }[];
  for (const change of [
    () => call('set_param', 'web.base.url', 'https://evil.example'),
    () => call('create', { key: 'web.base.url', value: 'x' }),
    () => call('write', [row!.id], { value: 'x' }),
    () => call('unlink', [row!.id]),
  ])
    await assert.rejects(change(), { code: 'field_readonly' });
});

test('nobody but Settings reads or sets any', async () => {
  for (const [method, ...args] of [
    ['get_param', 'web.base.url'],
    ['set_param', 'a', 'b'],
    ['search_read', []],
    ['create', { key: 'a', value: 'b' }],
    ['unlink', [1]],
  ] as [string, ...unknown[]][])
    await assert.rejects(
      execute(ines, { model: 'ir.config_parameter', method, args, kwargs: {} }),
      { status: 403 },
      method,
    );
});
