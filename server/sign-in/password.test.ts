import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import type { Caller } from '../store/caller.ts';
import { listNotices } from '../notices/notices.ts';
import { hasFreshProof, recognise } from './sessions.ts';
import { prove, signIn } from './password.ts';

let world: World;
let caller: Caller;
let address = 0;

before(async () => {
  world = await openWorld();
  caller = (await world.tenant()).caller;
  await world.person(caller, { login: 'Marie@Example.be', name: 'Marie Lambert' });
  await world.person(caller, { login: 'archived@example.be', name: 'Ancien Membre' });
  await caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', 'archived@example.be')
    .execute();
});
after(() => world.close());

/** A visitor from an address that nobody used before. */
function visitor(): Caller {
  address += 1;
  return { ...caller, address: `198.51.100.${address}` };
}

const lastAddress = () => address;

const enter = (login: string, password = PASSWORD, from = visitor()) =>
  signIn(from, world.secret, { login, password, device: null });

const wrong = { code: 'wrong_pair', status: 401 };

test('a person is found whatever the case and the space around their login', async () => {
  for (const login of ['Marie@Example.be', 'marie@example.be', '  MARIE@EXAMPLE.BE ']) {
    const { token, login: known, internal } = await enter(login);
    assert.equal(known, 'Marie@Example.be');
    assert.equal(internal, true);
    const found = await recognise(caller.db, caller.tenant.id, token, new Date());
    assert.equal(found?.person.name, 'Marie Lambert');
    assert.ok(found.person.groups.has('base.group_user'));
  }
});

test('wrong password, unknown, archived, empty, far too long and odd logins get one answer', async () => {
  await assert.rejects(enter('marie@example.be', 'wrong'), wrong);
  await assert.rejects(enter('nobody@example.be'), wrong);
  await assert.rejects(enter('archived@example.be'), wrong);
  await assert.rejects(enter('marie@example.be', ''), wrong);
  await assert.rejects(enter(''), wrong);
  await assert.rejects(enter('x'.repeat(100_000)), wrong);
  await assert.rejects(enter('a\0b'), wrong);
  await assert.rejects(enter('marie@example.be', 'p'.repeat(1_000_000)), wrong);
});

test('two sign-ins give two tokens, and only hashes are stored', async () => {
  const [a, b] = [await enter('marie@example.be'), await enter('marie@example.be')];
  assert.notEqual(a.token, b.token);
  const rows = await caller.db
    .selectFrom('sessions')
    .selectAll()
    .where('tenant', '=', caller.tenant.id)
    .execute();
  assert.ok(!JSON.stringify(rows).includes(a.token));
});

test('the first sign-in keeps the browser’s time zone, a later one does not change it', async () => {
  const login = 'zone@example.be';
  await world.person(caller, { login, name: 'Zoé' });
  const zone = async (timeZone: string) => {
    const { token } = await signIn(visitor(), world.secret, {
      login,
      password: PASSWORD,
      device: null,
      timeZone,
    });
    return (await recognise(caller.db, caller.tenant.id, token, new Date()))?.timeZone;
  };
  assert.equal(await zone('Mars/Olympus'), null);
  assert.equal(await zone('Europe/Paris'), 'Europe/Paris');
  assert.equal(await zone('Asia/Tokyo'), 'Europe/Paris');
});

test('five wrong tries from one place make that place wait, twice as long each time', async () => {
  const from = visitor();
  for (let i = 0; i < 5; i++) await assert.rejects(enter('marie@example.be', 'no', from), wrong);
  await assert.rejects(enter('marie@example.be', PASSWORD, from), {
    code: 'too_many_tries',
    status: 429,
    values: { seconds: 30 },
  });
  const later = { ...from, now: () => new Date(Date.now() + 31_000) };
  await assert.rejects(enter('marie@example.be', 'no', later), wrong);
  await assert.rejects(enter('marie@example.be', PASSWORD, later), {
    code: 'too_many_tries',
    values: { seconds: 60 },
  });
});

test('case and spaces do not buy more tries', async () => {
  const from = visitor();
  const spellings = [
    'marie@example.be',
    'MARIE@example.be',
    ' marie@example.be',
    'Marie@Example.Be',
    'marie@EXAMPLE.be',
  ];
  for (const login of spellings) await assert.rejects(enter(login, 'no', from), wrong);
  await assert.rejects(enter('maRie@example.be', PASSWORD, from), { code: 'too_many_tries' });
});

test('addresses of one line count as one: the first half of IPv6, and IPv4 however it is written', async () => {
  const line = (address: string) => ({ ...caller, address });
  const network = `2001:db8:${lastAddress().toString(16)}`;
  for (const host of ['1::1', '1::2', '1:ffff::3', '1:0:0:0:4', '1:aaaa:bbbb:cccc:dddd'])
    await assert.rejects(enter('marie@example.be', 'no', line(`${network}:${host}`)), wrong);
  const same = line(`${network}:1::6`);
  await assert.rejects(enter('marie@example.be', PASSWORD, same), { code: 'too_many_tries' });
  assert.ok((await enter('marie@example.be', PASSWORD, line(`${network}:2::6`))).token);
  const old = visitor();
  for (const written of ['::ffff:', '64:ff9b::', '::ffff:', '64:ff9b::', ''])
    await enter('marie@example.be', 'no', line(written + old.address)).catch(() => undefined);
  await assert.rejects(enter('marie@example.be', PASSWORD, old), { code: 'too_many_tries' });
});

test('an attacker locks nobody else out: the owner gets in from another place meanwhile', async () => {
  const attacker = visitor();
  for (let i = 0; i < 8; i++)
    await enter('marie@example.be', 'no', attacker).catch(() => undefined);
  await assert.rejects(enter('marie@example.be', PASSWORD, attacker), { code: 'too_many_tries' });
  assert.ok((await enter('marie@example.be')).token);
});

test('a browser the person used before has a count of its own behind the same address', async () => {
  const shared = visitor();
  for (let i = 0; i < 6; i++) await enter('marie@example.be', 'no', shared).catch(() => undefined);
  const known = await signIn(shared, world.secret, {
    login: 'marie@example.be',
    password: PASSWORD,
    device: 'her-own-browser',
  });
  assert.ok(known.token);
});

test('forty tries at once are no more than five', async () => {
  const from = visitor();
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, () => enter('nobody-at-all@example.be', 'no', from)),
  );
  const codes = answers.map((answer) =>
    answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'in',
  );
  assert.equal(codes.filter((code) => code === 'wrong_pair').length, 5);
  assert.equal(codes.filter((code) => code === 'too_many_tries').length, 35);
});

test('getting in forgets the failures of that place', async () => {
  const from = visitor();
  for (let i = 0; i < 4; i++) await assert.rejects(enter('marie@example.be', 'no', from), wrong);
  await enter('marie@example.be', PASSWORD, from);
  for (let i = 0; i < 4; i++) await assert.rejects(enter('marie@example.be', 'no', from), wrong);
  await enter('marie@example.be', PASSWORD, from);
});

test('one address that tries one password on everybody is stopped, a known browser is not', async () => {
  const from = visitor();
  await caller.db
    .updateTable('tenants')
    .set({ title: 'Les Petits Pots' })
    .where('id', '=', caller.tenant.id)
    .execute();
  for (let i = 0; i < 200; i += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, j) =>
        enter(`person-${i + j}@example.be`, 'no', from).catch(() => undefined),
      ),
    );
  await assert.rejects(enter('marie@example.be', PASSWORD, from), { code: 'too_many_tries' });
  const known = { login: 'marie@example.be', password: PASSWORD, device: 'hers' };
  assert.ok((await signIn(from, world.secret, known)).token);
});

test('a browser they never used is told to the person, the first one ever and a known one are not', async () => {
  const login = 'newcomer@example.be';
  const newcomer = await world.person(caller, { login, name: 'Nouvelle' });
  const told = async () => (await listNotices(newcomer)).map(({ kind, data }) => ({ kind, data }));
  const come = (device: string | null) =>
    signIn(
      { ...visitor(), userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' },
      world.secret,
      {
        login,
        password: PASSWORD,
        device,
      },
    );
  await come(null);
  await come('hers');
  assert.deepEqual(await told(), []);
  await come(null);
  const address = `198.51.100.${lastAddress()}`;
  assert.deepEqual(await told(), [
    { kind: 'new_device', data: { device: 'Firefox, Linux', address } },
  ]);
});

test('asking for the password again: wrong is refused and counted, right is proof for ten minutes', async () => {
  const { token } = await enter('marie@example.be');
  const found = await recognise(caller.db, caller.tenant.id, token, new Date());
  const later = new Date(Date.now() + 11 * 60_000);
  const marie: Caller = { ...caller, person: found!.person, now: () => later };
  assert.equal(hasFreshProof(marie), false);
  await assert.rejects(prove(marie, world.secret, 'wrong', 'proof'), {
    code: 'password_wrong',
    field: 'proof',
  });
  assert.equal(hasFreshProof(marie), false);
  await prove(marie, world.secret, PASSWORD, 'proof');
  assert.equal(hasFreshProof(marie), true);
  for (let i = 0; i < 5; i++)
    await prove(marie, world.secret, 'wrong', 'proof').catch(() => undefined);
  await assert.rejects(prove(marie, world.secret, PASSWORD, 'proof'), { code: 'too_many_tries' });
});

test('unknown, archived and wrong take the same time', { timeout: 120_000 }, async () => {
  const kinds = {
    wrong: 'marie@example.be',
    unknown: 'nobody@example.be',
    archived: 'archived@example.be',
  };
  const times: Record<string, number[]> = { wrong: [], unknown: [], archived: [] };
  for (let round = 0; round < 40; round++)
    for (const [kind, login] of Object.entries(kinds)) {
      const from = { ...caller, address: `203.0.113.${round}` };
      const start = performance.now();
      await enter(login, 'no', round % 5 ? from : visitor()).catch(() => undefined);
      times[kind]!.push(performance.now() - start);
    }
  // Welch's t over trimmed times: an answer that skips the hash is 15 ms faster, t far above 10.
  const trimmed = Object.values(times).map((list) => list.sort((a, b) => a - b).slice(2, -8));
  for (const [i, a] of trimmed.entries())
    for (const b of trimmed.slice(i + 1)) {
      const t = Math.abs(welch(a, b));
      assert.ok(t < 6, `times can be told apart: t = ${t.toFixed(1)}`);
    }
});

function welch(a: number[], b: number[]): number {
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const spread = (list: number[]) =>
    list.reduce((sum, value) => sum + (value - mean(list)) ** 2, 0) /
    (list.length - 1) /
    list.length;
  return (mean(a) - mean(b)) / Math.sqrt(spread(a) + spread(b));
}
