// Keys in place of passwords on the real database: who is let in, and what stops the very next call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import type { Caller, Member } from '../store/caller.ts';
import { makeKey, revokeKey, rotateKey, type KeyWish } from './keys.ts';
import { looksLikeKey, recogniseKey } from './recognise.ts';

let world: World;
let visitor: Caller;
let marie: Member;
before(async () => {
  world = await openWorld();
  visitor = (await world.tenant()).caller;
  marie = await world.person(visitor, {
    login: 'marie@example.be',
    name: 'Marie',
    language: null,
  });
});
after(() => world.close());

const use = { protocol: 'xmlrpc', model: 'res.partner', method: 'search_read' } as const;
const recognise = (key: string, caller: Caller = visitor) =>
  recogniseKey(caller, world.secret, key, use);

/** A key of this person; everything for a month unless wished otherwise. */
const make = (who: Member, wish: Partial<KeyWish> = {}) =>
  makeKey(who, world.secret, {
    name: 'Comptabilité',
    lasts: '30',
    until: '',
    scope: 'all',
    models: [],
    readOnly: false,
    addresses: '',
    proof: PASSWORD,
    ...wish,
  });

const inDays = <C extends Caller>(caller: C, days: number): C => ({
  ...caller,
  now: () => new Date(Date.now() + days * 86_400_000),
});

test('a key is its owner, with their groups, companies and no session', async () => {
  const { key, id } = await make(marie);
  const found = await recognise(key);
  const { limits, ...person } = found!.person;
  assert.deepEqual(person, marie.person);
  assert.deepEqual(limits, { keyId: id, readOnly: false, models: null });
  assert.equal(found!.language, null);
});

test('a key carries its limits', async () => {
  const reads = await recognise((await make(marie, { scope: 'read' })).key);
  assert.deepEqual([reads!.person.limits!.readOnly, reads!.person.limits!.models], [true, null]);
  const wish = { scope: 'models', models: ['res.partner', 'res.partner'], readOnly: true };
  const some = await recognise((await make(marie, wish)).key);
  assert.deepEqual(some!.person.limits!.models, ['res.partner']);
  assert.equal(some!.person.limits!.readOnly, true);
});

test('what is no key, a wrong one and another tenant’s are nobody', async () => {
  const { key } = await make(marie);
  const last = key.endsWith('A') ? 'B' : 'A';
  const wrong = [
    '',
    PASSWORD,
    key.slice(0, -1),
    `${key}A`,
    ` ${key}`,
    `${key}\n`,
    key.slice(0, -1) + last,
    key.toUpperCase(),
    `huis_00000000_${key.slice(14)}`,
    "huis_' or 1=1_" + 'A'.repeat(43),
  ];
  for (const text of wrong) assert.equal(await recognise(text), null, text);
  const other = (await world.tenant()).caller;
  assert.equal(await recognise(key, other), null);
  // The row itself, carried over to a neighbour, opens nothing there: the tenant is in the digest.
  const theirs = await world.person(other, { login: 'x@example.be', name: 'X' });
  const row = await visitor.db
    .selectFrom('api_keys')
    .select(['name', 'prefix', 'key_hash'])
    .where('tenant', '=', visitor.tenant.id)
    .where('prefix', '=', key.slice(5, 13))
    .executeTakeFirstOrThrow();
  await other.db
    .insertInto('api_keys')
    .values({ ...row, tenant: other.tenant.id, user_id: theirs.person.id })
    .execute();
  assert.equal(await recognise(key, other), null);
  assert.deepEqual([key, PASSWORD, `${key}A`].map(looksLikeKey), [true, false, false]);
});

test('a key that ended is refused from that moment', async () => {
  const { key } = await make(marie, { lasts: '1' });
  assert.ok(await recognise(key, inDays(visitor, 0.99)));
  assert.equal(await recognise(key, inDays(visitor, 1.01)), null);
});

test('revoking, renewing and archiving stop the very next call', async () => {
  const paul = await world.person(visitor, { login: 'paul@example.be', name: 'Paul' });
  const [one, two, three] = [await make(paul), await make(paul), await make(paul)];
  await revokeKey(paul, world.secret, { id: one.id, proof: PASSWORD });
  assert.equal(await recognise(one.key), null);
  const renewed = await rotateKey(paul, world.secret, { id: two.id, proof: PASSWORD });
  assert.equal(await recognise(two.key), null);
  assert.equal((await recognise(renewed.key))?.person.limits?.keyId, two.id);
  assert.ok(await recognise(three.key));
  await visitor.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', visitor.tenant.id)
    .where('id', '=', paul.person.id)
    .execute();
  assert.equal(await recognise(three.key), null);
});

test('a key with addresses is refused from anywhere else', async () => {
  const { key } = await make(marie, { addresses: '192.0.2.0/28, 2001:db8::/32\n198.51.100.7' });
  const from = (address: string) => recognise(key, { ...visitor, address });
  for (const near of ['192.0.2.1', '192.0.2.15', '::ffff:192.0.2.3', '2001:db8::9', '198.51.100.7'])
    assert.ok(await from(near), near);
  for (const far of ['192.0.2.16', '198.51.100.8', '2001:db9::1', 'console', ''])
    assert.equal(await from(far), null, far);
});

test('a portal person’s keys live as long as the tenant allows them', async () => {
  const allow = (yes: boolean) =>
    visitor.db
      .updateTable('tenants')
      .set({ allow_portal_keys: yes })
      .where('id', '=', visitor.tenant.id)
      .execute();
  const portia = await world.person(visitor, { login: 'portia', name: 'Portia', portal: true });
  await assert.rejects(make(portia), { code: 'keys_not_offered', status: 403 });
  await allow(true);
  const { key } = await make(portia);
  assert.ok(await recognise(key));
  await allow(false);
  assert.equal(await recognise(key), null);
});

test('recognising a key is one statement', async () => {
  const { key } = await make(marie);
  let statements = 0;
  const db = visitor.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      statements += 1;
      return result;
    },
  });
  assert.ok(await recognise(key, { ...visitor, db }));
  assert.equal(statements, 1);
  assert.equal(await recognise('not a key', { ...visitor, db }), null);
  assert.equal(statements, 1);
});
