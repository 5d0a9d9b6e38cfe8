// All keys of a tenant, for its administrators alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import { listNotices } from '../notices/notices.ts';
import type { Caller, Member } from '../store/caller.ts';
import { listAllKeys, readKeyRules, revokeKeys, saveKeyRules, whoCalls } from './administer.ts';
import { listKeys, makeKey } from './keys.ts';
import { recogniseKey } from './recognise.ts';
import { noteUse, writeUses } from './uses.ts';

let world: World;
let visitor: Caller;
let anne: Member;
let marie: Member;
before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  [visitor, anne] = [caller, administrator];
  marie = await world.person(visitor, { login: 'marie@example.be', name: 'Marié Dupont' });
});
after(() => world.close());

const make = (who: Member, name: string, lasts = '30') =>
  makeKey(who, world.secret, {
    name,
    lasts,
    until: '',
    scope: 'all',
    models: [],
    readOnly: false,
    addresses: '',
    proof: PASSWORD,
  });

const inDays = (who: Member, days: number): Member => ({
  ...who,
  now: () => new Date(Date.now() + days * 86_400_000),
});

test('only Settings administrators see and change what is everybody’s', async () => {
  const delegate = await world.person(visitor, {
    login: 'delegate',
    name: 'Delegate',
    groups: ['access_rights'],
  });
  for (const who of [marie, delegate]) {
    const refused = { code: 'not_allowed', status: 403 };
    await assert.rejects(listAllKeys(who, { text: '', state: 'all', page: 1 }), refused);
    await assert.rejects(revokeKeys(who, world.secret, { ids: [1], proof: PASSWORD }), refused);
    await assert.rejects(whoCalls(who), refused);
    await assert.rejects(readKeyRules(who), refused);
    await assert.rejects(saveKeyRules(who, { allowEndless: true, allowPortal: true }), refused);
  }
});

test('keys are found by name, owner and state', async () => {
  await make(marie, 'Boutique', '7');
  await make(marie, 'Comptabilité', '90');
  await make(anne, 'Sauvegarde', '365');
  const names = async (who: Member, text: string, state = 'all') =>
    (await listAllKeys(who, { text, state, page: 1 })).keys.map(({ name }) => name).sort();
  assert.deepEqual(await names(anne, ''), ['Boutique', 'Comptabilité', 'Sauvegarde']);
  assert.deepEqual(await names(anne, ' COMPTABILITE '), ['Comptabilité']);
  assert.deepEqual(await names(anne, 'marie'), ['Boutique', 'Comptabilité']);
  assert.deepEqual(await names(anne, '%'), []);
  assert.deepEqual(await names(inDays(anne, 8), '', 'ended'), ['Boutique']);
  assert.deepEqual(await names(inDays(anne, 8), '', 'living'), ['Comptabilité', 'Sauvegarde']);
  assert.deepEqual(await names(inDays(anne, 91), '', 'unused'), [
    'Boutique',
    'Comptabilité',
    'Sauvegarde',
  ]);
  assert.deepEqual(await names(anne, '', 'unused'), []);
  const [row] = (await listAllKeys(anne, { text: 'boutique', state: 'all', page: 1 })).keys;
  assert.deepEqual(
    [row?.owner, row?.login, row?.active],
    ['Marié Dupont', 'marie@example.be', true],
  );
  assert.ok(row && !('key_hash' in row));
  assert.deepEqual((await listAllKeys(anne, { text: '', state: 'odd', page: -1 })).count, 3);
});

test('several are revoked at once, after the password, and their owners are told', async () => {
  const [one, two, own] = [
    await make(marie, 'Un'),
    await make(marie, 'Deux'),
    await make(anne, 'Mien'),
  ];
  const ids = [one.id, own.id, 2 ** 31, NaN];
  const act = (wish: { ids: number[]; proof?: string }) => revokeKeys(anne, world.secret, wish);
  await assert.rejects(act({ ids: [], proof: PASSWORD }), { code: 'keys_unchosen' });
  await assert.rejects(act({ ids }), { code: 'proof_needed' });
  const elsewhere = await world.tenant();
  const stranger = { ids: [two.id], proof: PASSWORD };
  assert.equal(await revokeKeys(elsewhere.administrator, world.secret, stranger), 0);
  assert.equal(await act({ ids, proof: PASSWORD }), 2);
  const use = { protocol: 'json2', model: 'res.users', method: 'read' } as const;
  assert.equal(await recogniseKey(visitor, world.secret, one.key, use), null);
  assert.ok(await recogniseKey(visitor, world.secret, two.key, use));
  const [told] = await listNotices(marie);
  assert.deepEqual(
    [told?.kind, told?.data],
    ['api_key_revoked', { name: 'Un', by: 'Anne Administratrice' }],
  );
  assert.notEqual((await listNotices(anne))[0]?.kind, 'api_key_revoked');
});

test('who still calls what: by key and protocol, and with whose password', async () => {
  const { id } = (await listKeys(marie))[0]!;
  const at = (iso: string) => ({ ...visitor, now: () => new Date(iso) });
  const use = { userId: marie.person.id, keyId: id, method: 'read' };
  for (const iso of ['2027-02-27T10:00:00Z', '2027-03-28T10:00:00Z', '2027-03-29T10:00:00Z']) {
    noteUse(at(iso), { ...use, protocol: 'xmlrpc' });
    await writeUses(world.store);
  }
  noteUse(at('2027-03-29T10:00:00Z'), { ...use, keyId: null, protocol: 'jsonrpc' });
  await writeUses(world.store);
  const { days, callers } = await whoCalls({
    ...anne,
    now: () => new Date('2027-03-29T12:00:00Z'),
  });
  assert.deepEqual([days.length, days[0], days.at(-1)], [30, '2027-02-28', '2027-03-29']);
  const [first, second] = callers;
  assert.deepEqual(
    [first?.total, first?.protocol, first?.days],
    [
      2,
      'xmlrpc',
      [
        { day: '2027-03-28', count: 1 },
        { day: '2027-03-29', count: 1 },
      ],
    ],
  );
  assert.deepEqual(
    [second?.keyName, second?.owner, second?.protocol],
    [null, 'Marié Dupont', 'jsonrpc'],
  );
});

test('the rules of keys are kept', async () => {
  assert.deepEqual(await readKeyRules(anne), { allowEndless: false, allowPortal: false });
  await saveKeyRules(anne, { allowEndless: true, allowPortal: false });
  assert.deepEqual(await readKeyRules(anne), { allowEndless: true, allowPortal: false });
});

test('clients list keys without their value, and remove them after a fresh proof only', async () => {
  const els = await world.person(visitor, { login: 'els@example.be', name: 'Els' });
  const [mine, theirs] = [await make(els, 'Mienne'), await make(marie, 'Sienne')];
  const call = (who: Member, method: string, args: unknown[]) =>
    execute(who, { model: 'res.users.apikeys', method, args, kwargs: {} });
  const listed = (await call(els, 'search_read', [[]])) as Record<string, unknown>[];
  assert.deepEqual(
    listed.map(({ name, scope }) => [name, scope]),
    [['Mienne', false]],
  );
  assert.ok(!JSON.stringify(listed).includes(mine.key.slice(5, 13)));
  const everybodys = (await call(anne, 'search_read', [[]])) as unknown[];
  assert.ok(everybodys.length > 1);
  for (const [method, args] of [
    ['create', [{ name: 'x' }]],
    ['write', [[mine.id], { name: 'x' }]],
    ['unlink', [[mine.id]]],
  ] as const)
    await assert.rejects(call(els, method, [...args]), { code: 'access_model' });
  await assert.rejects(call(els, 'remove', [[mine.id]]), { code: 'proof_needed' });
  const proven = (who: Member): Member => ({
    ...who,
    person: { ...who.person, session: { id: crypto.randomUUID(), provenAt: new Date() } },
  });
  const both = call(proven(els), 'remove', [[mine.id, theirs.id]]);
  await assert.rejects(both, { code: 'key_unknown' });
  assert.equal((await listKeys(els)).length, 1);
  await call(proven(els), 'remove', [[mine.id]]);
  assert.deepEqual(await listKeys(els), []);
  await call(proven(anne), 'remove', [[theirs.id]]);
  assert.ok(!(await listKeys(marie)).some(({ id }) => id === theirs.id));
});
