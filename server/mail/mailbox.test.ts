// The mailbox of a test database, and that nothing else than it ever gets a test database's mail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { makeLinks, readLink } from '../links/links.ts';
import type { Caller, Member } from '../store/caller.ts';
import { applicationsFor } from '../menus/applications.ts';
import { copyForTest } from '../tenants/copy.ts';
import { emptyMailbox, listCaught, openCaught, sweepMailbox } from './mailbox.ts';
import { viewCaught } from './mailbox-view.ts';
import { post } from './post.ts';
import { readersOf } from './readers.ts';

let world: World;
let original: Member;
let keeper: Member;
let helper: Member;

before(async () => {
  world = await openWorld();
  const made = await world.tenant({ language: 'fr_BE' });
  await world.person(made.caller, { login: 'marie@example.be', email: 'marie@example.be' });
  await world.person(made.caller, {
    login: 'helper@example.be',
    email: 'helper@example.be',
    groups: ['base.group_erp_manager'],
  });
  original = made.administrator;
  const tenant = await copyForTest(world.store, {
    from: original.tenant.name,
    to: `${original.tenant.name}-test`,
  });
  const inCopy = (member: Member) => ({ ...member, tenant, db: world.store.tenant(tenant.id) });
  keeper = inCopy(original);
  helper = {
    ...inCopy(original),
    person: { ...original.person, groups: new Set(['base.group_erp_manager']) },
  };
});
after(() => world.close());

/** Posts a reset to the person of this login; answers the token of its link. */
async function sendReset(caller: Caller, login: string): Promise<string> {
  const { id } = await caller.db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', login)
    .executeTakeFirstOrThrow();
  const [reader] = await readersOf(caller, [id]);
  const [link] = await makeLinks(caller, [{ userId: id, purpose: 'reset', way: 'mail' }]);
  await post(caller, [{ kind: 'password_reset', reader: reader!, values: {}, link: link! }]);
  return link!.token;
}

const all = (caller: Caller, text = '') => listCaught(caller, { text, page: 1 });

test('a mail is caught with its link alive, in both of its forms and in its frame', async () => {
  const token = await sendReset(keeper, 'marie@example.be');
  const { mails, count } = await all(keeper);
  assert.equal(count, 1);
  assert.equal(mails[0]!.to, 'marie@example.be');
  const mail = await openCaught(keeper, mails[0]!.id);
  assert.equal(mail.link!.alive, true);
  assert.ok(mail.link!.address.startsWith('http://localhost:8069/web/reset_password?'));
  for (const body of [mail.text, mail.html, await viewCaught(keeper, mail.id)])
    assert.ok(body.includes(token));
  assert.match(await viewCaught(keeper, mail.id), /<head><base target="_blank">/);
  const [link] = [await readLink(keeper, token)];
  assert.equal(link.login, 'marie@example.be');
  const names = mail.headers.map(({ name }) => name);
  assert.deepEqual(names, ['From', 'To', 'Subject', 'Date', 'Message-ID']);
});

test('what is stored shows no token', async () => {
  const token = await sendReset(keeper, 'marie@example.be');
  const rows = await keeper.db.selectFrom('mails').selectAll().where('caught', '=', true).execute();
  assert.ok(rows.length > 0);
  assert.ok(!JSON.stringify(rows).includes(token));
});

test('a dead link is told, and its mail can still be read', async () => {
  const first = await sendReset(keeper, 'marie@example.be');
  await sendReset(keeper, 'marie@example.be');
  const { mails } = await all(keeper);
  const states = await Promise.all(
    mails.slice(0, 2).map(async ({ id }) => (await openCaught(keeper, id)).link),
  );
  assert.deepEqual(
    states.map((link) => link!.alive),
    [true, false],
  );
  assert.ok(states[1]!.address.includes(first));
});

test('mails are found by a part of the address they are for', async () => {
  await sendReset(keeper, 'helper@example.be');
  assert.equal((await all(keeper, 'HELPER@')).count, 1);
  assert.equal((await all(keeper, 'nobody@')).count, 0);
  assert.deepEqual((await listCaught(keeper, { text: '', page: 9_999_999 })).from, 0);
});

test('only those who may change the settings read it, and only in a test database', async () => {
  const { mails } = await all(keeper);
  const tries = (caller: Caller) => [
    () => all(caller),
    () => openCaught(caller, mails[0]!.id),
    () => viewCaught(caller, mails[0]!.id),
    () => emptyMailbox(caller),
  ];
  for (const attempt of tries(helper)) await assert.rejects(attempt(), { code: 'not_allowed' });
  for (const attempt of tries({ ...keeper, person: null }))
    await assert.rejects(attempt(), { code: 'sign_in_first' });
  for (const attempt of tries(original)) await assert.rejects(attempt(), { code: 'page_unknown' });
  for (const id of [0, -1, 2 ** 31, Number.NaN])
    await assert.rejects(openCaught(keeper, id), { code: 'page_unknown' });
  assert.ok((await all(keeper)).count > 0);
});

test('the menu has it in a test database alone', () => {
  const hrefs = (caller: Caller) => JSON.stringify(applicationsFor(caller));
  assert.ok(hrefs(keeper).includes('test-mailbox'));
  assert.ok(!hrefs(original).includes('test-mailbox'));
  assert.ok(!hrefs(helper).includes('test-mailbox'));
});

test('whoever stores or changes a mail in a test database, by whatever way, it is caught', async () => {
  const outgoing = (caller: Caller) =>
    caller.db
      .selectFrom('mails')
      .select('id')
      .where('tenant', '=', caller.tenant.id)
      .where('state', '=', 'outgoing')
      .execute();
  for (const caller of [keeper, original]) {
    const made = await caller.db
      .insertInto('mails')
      .values({
        tenant: caller.tenant.id,
        message_id: '<written@by.hand>',
        email_to: 'marie@example.be',
        state: 'outgoing',
        caught: false,
      })
      .returning(['id', 'state', 'caught'])
      .executeTakeFirstOrThrow();
    await caller.db
      .updateTable('mails')
      .set({ state: 'cancel', caught: false })
      .where('id', '=', made.id)
      .execute();
    const again = await caller.db
      .updateTable('mails')
      .set({ state: 'outgoing', caught: false })
      .where('id', '=', made.id)
      .returning(['state', 'caught'])
      .executeTakeFirstOrThrow();
    const test = caller.tenant.test;
    const expected = { state: test ? 'sent' : 'outgoing', caught: test };
    assert.deepEqual([{ state: made.state, caught: made.caught }, again], [expected, expected]);
  }
  assert.deepEqual(await outgoing(keeper), []);
  assert.equal((await outgoing(original)).length, 1);
});

test('a mail that somebody wrote shows its partners, and nothing of it runs', async () => {
  const { id } = await keeper.db
    .insertInto('mails')
    .values({
      ...{ tenant: keeper.tenant.id, message_id: '<partners@by.hand>', subject: 'Écrit' },
      ...{ body_html: '<p>Bonjour</p>', headers: JSON.stringify({ 'X-Own': 'own' }) },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keeper.db
    .insertInto('mail_recipients')
    .values({ tenant: keeper.tenant.id, mail_id: id, partner_id: keeper.person.partnerId })
    .execute();
  const mail = await openCaught(keeper, id);
  assert.deepEqual([mail.to, mail.link], ['admin@example.be', null]);
  assert.ok(mail.headers.some(({ name, value }) => name === 'X-Own' && value === 'own'));
  const view = await viewCaught(keeper, id);
  assert.match(
    view,
    /^<!doctype html><head><meta charset="utf-8"><base target="_blank"><\/head><p>/,
  );
});

test('after thirty days a caught mail goes, unless its link still lives', async () => {
  await emptyMailbox(keeper);
  await keeper.db
    .updateTable('links')
    .set({ ended_at: new Date(), ending: 'withdrawn' })
    .where('ended_at', 'is', null)
    .execute();
  await sendReset(keeper, 'marie@example.be');
  await sendReset(keeper, 'marie@example.be');
  const month = 31 * 24 * 3_600_000;
  assert.equal(await sweepMailbox(keeper), 0);
  const old = new Date(Date.now() - month);
  await keeper.db.updateTable('mails').set({ created_at: old }).execute();
  assert.equal(await sweepMailbox(keeper), 1);
  const { mails } = await all(keeper);
  assert.equal((await openCaught(keeper, mails[0]!.id)).link!.alive, true);
  assert.equal(await sweepMailbox({ ...keeper, now: () => new Date(Date.now() + month) }), 1);
});

test('emptying it tells how many there were, and leaves other databases alone', async () => {
  await emptyMailbox(keeper);
  await sendReset(keeper, 'marie@example.be');
  await sendReset(original, 'marie@example.be');
  assert.equal(await emptyMailbox(keeper), 1);
  assert.equal((await all(keeper)).count, 0);
  const left = await original.db.selectFrom('mails').select('id').execute();
  assert.ok(left.length > 0);
});
