// Counting calls: nothing is lost, nothing is written at each call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import type { Caller, Member } from '../store/caller.ts';
import { recogniseProgram } from '../sign-in/programs.ts';
import { findKey, makeKey, revokeKey } from './keys.ts';
import { recogniseKey } from './recognise.ts';
import { sweepKeys } from './sweep.ts';
import { familyOf, noteUse, writeUses } from './uses.ts';

let world: World;
let visitor: Caller;
let marie: Member;
before(async () => {
  world = await openWorld();
  visitor = (await world.tenant()).caller;
  marie = await world.person(visitor, { login: 'marie@example.be', name: 'Marie' });
});
after(() => world.close());

const make = () =>
  makeKey(marie, world.secret, {
    name: 'Site web',
    lasts: '30',
    until: '',
    scope: 'all',
    models: [],
    readOnly: false,
    addresses: '',
    proof: PASSWORD,
  });

const counts = async () =>
  (
    await visitor.db
      .selectFrom('api_key_uses')
      .select(['key_id', 'protocol', 'day', 'count'])
      .where('tenant', '=', visitor.tenant.id)
      .orderBy('id')
      .execute()
  ).map(({ key_id, protocol, day, count }) => `${key_id} ${protocol} ${day} ${count}`);

const on = (iso: string): Caller => ({ ...visitor, now: () => new Date(iso) });

test('calls are counted by key, protocol and day of the tenant, and the last one is noted', async () => {
  const { key, id } = await make();
  const call = (caller: Caller, protocol: 'xmlrpc' | 'json2', method: string) =>
    recogniseKey(caller, world.secret, key, { protocol, model: 'res.partner', method });
  const evening = on('2026-03-01T22:30:00Z');
  await call(evening, 'xmlrpc', 'search_read');
  await call(evening, 'xmlrpc', 'search_read');
  assert.deepEqual(await counts(), []);
  await writeUses(world.store);
  // Half past midnight in Brussels.
  await call(on('2026-03-01T23:30:00Z'), 'xmlrpc', 'read');
  await call({ ...on('2026-03-02T08:00:00Z'), address: '192.0.2.9' }, 'json2', 'write');
  await writeUses(world.store);
  // Another process was slower to write.
  await call(evening, 'xmlrpc', 'read');
  await writeUses(world.store);
  await writeUses(world.store);
  assert.deepEqual((await counts()).sort(), [
    `${id} json2 2026-03-02 1`,
    `${id} xmlrpc 2026-03-01 3`,
    `${id} xmlrpc 2026-03-02 1`,
  ]);
  const { lastAddress, lastProtocol, lastFamily, lastUsedAt } = await findKey(marie, id);
  assert.deepEqual(
    [lastAddress, lastProtocol, lastFamily, lastUsedAt?.toISOString()],
    ['192.0.2.9', 'json2', 'write', '2026-03-02T08:00:00.000Z'],
  );
});

test('passwords of programs are counted by person; keys that are gone are passed over', async () => {
  const { key, id } = await make();
  await recogniseKey(visitor, world.secret, key, {
    protocol: 'jsonrpc',
    model: 'res.users',
    method: 'read',
  });
  await revokeKey(marie, world.secret, { id, proof: PASSWORD });
  const use = { keyId: null, protocol: 'jsonrpc', method: 'read' } as const;
  noteUse(on('2026-04-01T12:00:00Z'), { ...use, userId: marie.person.id });
  noteUse(on('2026-04-01T12:00:00Z'), { ...use, userId: 2_000_000_000 });
  await writeUses(world.store);
  const rows = await counts();
  assert.deepEqual(
    rows.filter((row) => row.includes('jsonrpc')),
    ['null jsonrpc 2026-04-01 1'],
  );
});

test('a program that comes with the password is counted, a wrong one is not', async () => {
  const july = on('2026-07-01T12:00:00Z');
  const come = (value: string) =>
    recogniseProgram(
      july,
      world.secret,
      { login: 'marie@example.be' },
      { value, protocol: 'xmlrpc', model: 'res.users', method: 'read' },
    );
  await come(PASSWORD);
  await come(PASSWORD);
  await assert.rejects(come('wrong'), { code: 'wrong_pair' });
  await writeUses(world.store);
  assert.ok((await counts()).includes('null xmlrpc 2026-07-01 2'));
});

test('what the database did not take is written the next time', async () => {
  const use = { userId: marie.person.id, keyId: null, protocol: 'xmlrpc', method: 'x' } as const;
  const may = on('2026-05-01T12:00:00Z');
  noteUse(may, use);
  const away = { tenant: () => assert.fail('away') };
  await assert.rejects(writeUses(away), { message: 'away' });
  noteUse(may, use);
  await writeUses(world.store);
  assert.ok((await counts()).includes('null xmlrpc 2026-05-01 2'));
});

test('several processes add to the same day', async () => {
  const use = { userId: marie.person.id, keyId: null, protocol: 'json2', method: 'x' } as const;
  const writings = [];
  for (let i = 0; i < 8; i++) {
    noteUse(on('2026-06-01T12:00:00Z'), use);
    writings.push(writeUses(world.store));
  }
  await Promise.all(writings);
  assert.ok((await counts()).includes('null json2 2026-06-01 8'));
});

test('counts are kept for ninety days', async () => {
  await sweepKeys({ ...visitor, now: () => new Date('2026-08-29T12:00:00Z') });
  const days = (await counts()).map((row) => row.split(' ')[2]);
  assert.deepEqual([...new Set(days)].sort(), ['2026-06-01', '2026-07-01']);
});

test('the family of a method is told by its name', () => {
  const families = { search_read: 'read', fields_get: 'read', web_save: 'write', unlink: 'write' };
  for (const [method, family] of Object.entries(families)) assert.equal(familyOf(method), family);
  for (const method of ['action_reset_password', 'send', ''])
    assert.equal(familyOf(method), 'other');
});
