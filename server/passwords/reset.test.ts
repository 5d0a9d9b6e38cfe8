// Asking for a new password, and what is sent, on the real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { asMember, openWorld, PASSWORD, type World } from '#tests/world.ts';
import { holdInstallation } from '../kernel/installation.ts';
import { makeLinks } from '../links/links.ts';
import { listNotices } from '../notices/notices.ts';
import { ACCESS_RIGHTS, type Caller, type Member } from '../store/caller.ts';
import { setByLink } from './by-link.ts';
import { ask, askAgain, settleRequests } from './reset.ts';

let world: World;
let caller: Caller;
let anne: Member;
let address = 0;

const url = 'http://localhost:8069';
const withMail = () => holdInstallation({ url, mailHosts: [], smtpUrl: 'smtp://mail.invalid' });

before(async () => {
  world = await openWorld();
  withMail();
});
beforeEach(async () => {
  ({ caller, administrator: anne } = await world.tenant());
});
after(() => world.close());

/** A visitor from an address that nobody used before. */
const visitor = (): Caller => ({ ...caller, address: `198.51.100.${++address}` });

const askFor = (name: string, from = visitor()) => ask(from, { name, language: 'nl_BE' });

const later = (minutes: number): Caller => ({
  ...caller,
  now: () => new Date(Date.now() + minutes * 60_000),
});

async function mails() {
  const rows = await caller.db
    .selectFrom('mails')
    .innerJoin('links', (on) =>
      on.onRef('links.tenant', '=', 'mails.tenant').onRef('links.id', '=', 'mails.link_id'),
    )
    .select(['mails.kind', 'mails.email_to', 'mails.body_text', 'links.purpose', 'links.user_id'])
    .where('mails.tenant', '=', caller.tenant.id)
    .orderBy('mails.id')
    .execute();
  return rows;
}

const waiting = async () =>
  (await caller.db.selectFrom('reset_requests').select('name').orderBy('id').execute()).map(
    ({ name }) => name,
  );

test('whoever asks by login or address gets a link in their own mailbox, whatever the case', async () => {
  const { person } = await world.person(caller, {
    login: 'Marie',
    name: 'Marie',
    email: 'marie@example.be',
  });
  for (const name of ['marie', ' MARIE@example.BE ']) await askFor(name);
  assert.deepEqual(await mails(), [], 'nothing happens before the requests are settled');
  assert.equal(await settleRequests(caller), 2);
  const sent = await mails();
  assert.deepEqual(
    sent.map(({ kind, email_to, purpose, user_id }) => [kind, email_to, purpose, user_id]),
    [
      ['password_reset', 'marie@example.be', 'reset', person.id],
      ['password_reset', 'marie@example.be', 'reset', person.id],
    ],
  );
  assert.deepEqual(await waiting(), []);
  assert.equal(await settleRequests(caller), 0);
});

test('an address that only folds to somebody’s is answered at the stored one', async () => {
  await world.person(caller, { login: 'k', name: 'K', email: 'kim@example.be' });
  await askFor('\u212Aim@example.be');
  await settleRequests(caller);
  assert.deepEqual(
    (await mails()).map(({ email_to }) => email_to),
    ['kim@example.be'],
  );
});

test('unknown, archived, empty and odd names bring nothing, and are not kept', async () => {
  await world.person(caller, { login: 'gone', name: 'Gone', email: 'gone@example.be' });
  await caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', 'gone')
    .execute();
  for (const name of ['nobody@example.be', 'gone', 'gone@example.be', 'x'.repeat(100_000), 'a\0b'])
    await askFor(name);
  await assert.rejects(askFor(' \t'), { code: 'reset_name_missing', field: 'login' });
  assert.equal(await settleRequests(caller), 5);
  assert.deepEqual([await mails(), await waiting()], [[], []]);
});

test('two people with one address each get their own link, told apart by login', async () => {
  const email = 'famille@example.be';
  const both = [
    await world.person(caller, { login: 'luc', name: 'Luc', email }),
    await world.person(caller, { login: 'lea', name: 'Léa', email: 'Famille@Example.be' }),
  ];
  await askFor(email);
  await settleRequests(caller);
  const sent = await mails();
  assert.deepEqual(
    sent.map(({ user_id }) => user_id),
    both.map(({ person }) => person.id),
  );
  assert.match(sent[0]!.body_text, /\bluc\b/);
  assert.match(sent[1]!.body_text, /\blea\b/);
});

test('a login is stronger than an address, so that nobody is reached by the name of another', async () => {
  const named = await world.person(caller, {
    login: 'x@example.be',
    name: 'Named',
    email: 'real@example.be',
  });
  await world.person(caller, { login: 'other', name: 'Other', email: 'x@example.be' });
  await askFor('x@example.be');
  await settleRequests(caller);
  assert.deepEqual(
    (await mails()).map(({ user_id, email_to }) => [user_id, email_to]),
    [[named.person.id, 'real@example.be']],
  );
});

test('whoever never had a password gets an invitation, in the language they asked in', async () => {
  await world.person(caller, {
    login: 'new',
    name: 'Nouvelle',
    email: 'new@example.be',
    password: undefined,
  });
  await caller.db
    .updateTable('partners')
    .set({ language: null })
    .where('tenant', '=', caller.tenant.id)
    .execute();
  await askFor('new');
  await settleRequests(caller);
  const [mail] = await mails();
  assert.equal(mail?.purpose, 'invitation');
  assert.match(mail.body_text, /wachtwoord/);
});

test('without an address, administrators are told once a day, and nobody else is', async () => {
  const { person } = await world.person(caller, { login: 'paul', name: 'Paul', email: '' });
  await world.person(caller, {
    login: 'helper',
    name: 'Helper',
    groups: [ACCESS_RIGHTS],
  });
  const helper = await asMember(caller, 'helper');
  for (let i = 0; i < 2; i++) {
    await askFor('paul');
    await settleRequests(caller);
  }
  for (const one of [anne, helper])
    assert.deepEqual(
      (await listNotices(one)).map(({ kind, data }) => ({ kind, data })),
      [{ kind: 'reset_unreachable', data: { name: 'Paul', login: 'paul' } }],
    );
  assert.deepEqual(await listNotices({ ...caller, person }), []);
  assert.deepEqual(await mails(), []);
  await ask({ ...later(25 * 60), address: 'x' }, { name: 'paul', language: 'fr_BE' });
  await settleRequests(later(25 * 60));
  assert.equal((await listNotices(anne)).length, 2);
});

test('one person gets five mails an hour, wherever they are asked from', async () => {
  await world.person(caller, { login: 'marie', name: 'Marie', email: 'marie@example.be' });
  for (let i = 0; i < 8; i++) await askFor('marie');
  assert.equal(await settleRequests(caller), 8);
  assert.equal((await mails()).length, 5);
  await ask({ ...later(61), address: 'x' }, { name: 'marie', language: 'fr_BE' });
  await settleRequests(later(61));
  assert.equal((await mails()).length, 6);
});

test('asking is limited for one name from one place, and for one place, alike for all names', async () => {
  for (const name of ['admin', 'nobody@example.be']) {
    const from = visitor();
    for (let i = 0; i < 5; i++) await askFor(name.toUpperCase(), from);
    await assert.rejects(askFor(` ${name}`, from), {
      code: 'too_many_tries',
      status: 429,
      values: { seconds: 60 },
    });
    await askFor(`${name}.other`, from);
  }
  const crowd = visitor();
  for (let i = 0; i < 60; i++) await askFor(`somebody${i}`, crowd);
  await assert.rejects(askFor('admin', crowd), { code: 'too_many_tries' });
  await askFor('admin');
});

test('while mail does not leave, requests wait; afterwards they are answered', async () => {
  await world.person(caller, { login: 'marie', name: 'Marie', email: 'marie@example.be' });
  holdInstallation({ url, mailHosts: [] });
  try {
    await askFor('marie');
    assert.equal(await settleRequests(caller), 0);
    assert.deepEqual(await waiting(), ['marie']);
  } finally {
    withMail();
  }
  assert.equal(await settleRequests(caller), 1);
  assert.equal((await mails()).length, 1);
});

test('a request that fails stays and holds up nobody; its half-made link is gone', async () => {
  await world.person(caller, { login: 'a', name: 'A', email: 'a@example.be' });
  await world.person(caller, { login: 'b', name: 'B', email: 'b@example.be' });
  await askFor('a');
  await askFor('b');
  const { installation } = world.store;
  await sql`alter table mails add constraint refuses check (email_to <> 'a@example.be') not valid`.execute(
    installation,
  );
  try {
    await assert.rejects(settleRequests(caller), /refuses/);
  } finally {
    await sql`alter table mails drop constraint refuses`.execute(installation);
  }
  assert.deepEqual(await waiting(), ['a']);
  const links = await caller.db.selectFrom('links').select('user_id').execute();
  assert.equal(links.length, 1);
  assert.deepEqual(
    (await mails()).map(({ email_to }) => email_to),
    ['b@example.be'],
  );
});

test('several that settle at once answer each request once', async () => {
  for (let i = 0; i < 20; i++) {
    await world.person(caller, {
      login: `p${i}`,
      name: `P${i}`,
      email: `p${i}@example.be`,
      password: undefined,
    });
    await askFor(`p${i}`);
  }
  const settled = await Promise.all([1, 2, 3, 4].map(() => settleRequests(caller)));
  assert.equal(
    settled.reduce((sum, n) => sum + n),
    20,
  );
  assert.equal((await mails()).length, 20);
});

test('a dead link asks for a new one: for its own person, by mail; an unknown one for nobody', async () => {
  const { person } = await world.person(caller, {
    login: 'marie',
    name: 'Marie',
    email: 'marie@example.be',
  });
  const [link] = await makeLinks(caller, [{ userId: person.id, purpose: 'rescue', way: 'copy' }]);
  const wish = { password: `${PASSWORD} encore`, repeated: `${PASSWORD} encore` };
  await setByLink(caller, link!.token, wish);
  await askAgain(visitor(), link!.token, 'fr_BE');
  await assert.rejects(askAgain(visitor(), link!.token.slice(0, 20), 'fr_BE'), {
    code: 'link_dead',
    values: { why: 'unknown' },
  });
  const other = (await world.tenant()).caller;
  await assert.rejects(askAgain(other, link!.token, 'fr_BE'), { code: 'link_dead' });
  await settleRequests(caller);
  assert.deepEqual(
    (await mails()).map(({ user_id, email_to, purpose }) => [user_id, email_to, purpose]),
    [[person.id, 'marie@example.be', 'reset']],
  );
});

test('asking takes the same time whoever it is for', { timeout: 120_000 }, async () => {
  await world.person(caller, { login: 'marie', name: 'Marie', email: 'marie@example.be' });
  await world.person(caller, { login: 'paul', name: 'Paul', email: '' });
  const kinds = { known: 'marie', addressed: 'marie@example.be', bare: 'paul', unknown: 'nobody' };
  const times = new Map<string, number[]>(Object.keys(kinds).map((kind) => [kind, []]));
  for (let round = 0; round < 60; round++)
    for (const [kind, name] of Object.entries(kinds)) {
      const from = { ...caller, address: `203.0.${round}.${kind.length}` };
      const start = performance.now();
      await askFor(name, from);
      times.get(kind)!.push(performance.now() - start);
    }
  const trimmed = [...times.values()].map((list) => list.sort((a, b) => a - b).slice(2, -12));
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
