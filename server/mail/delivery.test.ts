// Delivery to real mail servers, well-behaved and not; the end of each mail, and what is said of it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { sql } from 'kysely';
import { holdInstallation } from '#server/kernel/installation.ts';
import { makeLinks, endLinks } from '#server/links/links.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { answerWith, openMailServer, openRawServer } from '#tests/mail/mail-server.ts';
import { openWorld, type World } from '#tests/world.ts';
import { deliver } from './delivery.ts';
import { BLOTTED } from './live.ts';
import { post } from './post.ts';
import { readersOf } from './readers.ts';
import { wake } from './servers.ts';

let world: World;
let caller: Caller;
let administrator: Member;
const closing: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

before(async () => {
  world = await openWorld();
});
after(() => world.close());
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const by = (smtpUrl: string | undefined, mailFrom?: string) =>
  holdInstallation({ url: 'http://localhost:8069', mailHosts: [], smtpUrl, mailFrom });

/** A tenant of its own, and this server as the operator's. */
async function start(server?: { url: string; close(): Promise<void> }): Promise<void> {
  ({ caller, administrator } = await world.tenant());
  by(server?.url);
  if (server) closing.push(() => server.close());
}

const toAdministrator = async () => (await readersOf(caller, [administrator.person.id]))[0]!;

async function postOne(): Promise<number> {
  const reader = await toAdministrator();
  const [id] = await post(caller, [{ kind: 'password_changed', reader, values: { when: 'now' } }]);
  return id!;
}

async function postLink(): Promise<{ id: number; token: string }> {
  const reader = await toAdministrator();
  const wish = { userId: reader.userId, purpose: 'reset', way: 'mail' } as const;
  const [link] = await makeLinks(caller, [wish]);
  const [id] = await post(caller, [
    { kind: 'password_reset', reader, values: { life: '24 h' }, link: link! },
  ]);
  return { id: id!, token: link!.token };
}

async function row(id: number) {
  return caller.db
    .selectFrom('mails')
    .selectAll()
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** State, type and step of a mail after a round. */
async function outcome(id: number): Promise<string> {
  await deliver(caller, never);
  const { state, failure_type, failure_step } = await row(id);
  return [state, failure_type, failure_step].join(' ');
}

const due = () =>
  sql`update mails set due_at = now(), leased_until = null where tenant = ${caller.tenant.id}`.execute(
    caller.db,
  );

const minutesUntilDue = async (id: number) =>
  Math.round(((await row(id)).due_at.getTime() - Date.now()) / 60_000);

test('a mail goes out as posted, from the co-operative, and is marked as sent', async () => {
  const server = await openMailServer();
  await start(server);
  await sql`update partners p set email = 'bureau@petits-pots.example' from companies c
    where c.tenant = p.tenant and c.partner_id = p.id and p.tenant = ${caller.tenant.id}`.execute(
    caller.db,
  );
  const id = await postOne();
  assert.equal(await outcome(id), 'sent  ');
  const [mail] = server.accepted;
  assert.equal(server.accepted.length, 1);
  assert.deepEqual(mail!.to, ['admin@example.be']);
  assert.equal(mail!.from, 'bureau@petits-pots.example');
  assert.match(mail!.raw, /^From: "?Les Petits Pots"? <bureau@petits-pots\.example>/m);
  assert.match(mail!.raw, /^Auto-Submitted: auto-generated/m);
  const { message_id, sent_at, email_from } = await row(id);
  assert.equal(mail!.messageId, message_id);
  assert.ok(sent_at);
  assert.equal(email_from, '"Les Petits Pots" <bureau@petits-pots.example>');
});

test('the live link is in the mail alone; the stored body keeps its blots and the secret goes', async () => {
  const server = await openMailServer();
  await start(server);
  const { id, token } = await postLink();
  assert.ok((await row(id)).secret);
  assert.equal(await outcome(id), 'sent  ');
  const raw = server.accepted[0]!.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  assert.equal(raw.split(`token=${token}`).length - 1 >= 2, true, 'in text and HTML');
  assert.ok(!raw.includes(BLOTTED));
  const after = await row(id);
  assert.equal(after.secret, null);
  assert.ok(after.body_html.includes(BLOTTED) && !after.body_html.includes(token));
});

test('a mail whose link died meanwhile is cancelled, with that reason', async () => {
  const server = await openMailServer();
  await start(server);
  const { id } = await postLink();
  await endLinks(caller, [administrator.person.id]);
  assert.equal(await outcome(id), 'cancel  link');
  assert.equal((await row(id)).secret, null);
  assert.equal(server.accepted.length, 0);
});

test('without any server mails wait, say so, and go once there is one', async () => {
  await start();
  const id = await postOne();
  assert.equal(await outcome(id), 'outgoing mail_smtp no_server');
  assert.equal((await row(id)).attempts, 0);
  const server = await openMailServer();
  closing.push(() => server.close());
  by(server.url);
  await wake(caller);
  assert.equal(await outcome(id), 'sent  ');
});

test('what waited for two days is given up, and administrators are told once', async () => {
  await start();
  const ids = [await postOne(), await postOne(), (await postLink()).id];
  await sql`update mails set outgoing_since = now() - interval '3 days'
    where tenant = ${caller.tenant.id}`.execute(caller.db);
  assert.equal(await outcome(ids[0]!), 'exception mail_smtp no_server');
  assert.equal((await row(ids[2]!)).secret, null);
  const notices = await caller.db
    .selectFrom('notices')
    .select('kind')
    .where('tenant', '=', caller.tenant.id)
    .where('kind', '=', 'mail_failed')
    .execute();
  assert.equal(notices.length, 1);
});

test('refused for good at the addressee or the content: it fails at once', async () => {
  const atRcpt = await openMailServer({
    onRcptTo: (_address, _session, done) => done(answerWith(550, 'no such person')),
  });
  await start(atRcpt);
  const first = await postOne();
  assert.equal(await outcome(first), 'exception mail_email_invalid recipient');
  assert.match((await row(first)).failure_reason!, /550 no such person/);
  const atData = await openMailServer({
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(answerWith(554, 'looks like spam')));
    },
  });
  await start(atData);
  assert.equal(await outcome(await postOne()), 'exception unknown content');
  const atFrom = await openMailServer({
    onMailFrom: (_address, _session, done) => done(answerWith(553, 'not yours')),
  });
  await start(atFrom);
  assert.equal(await outcome(await postOne()), 'exception mail_from_invalid sender');
});

test('greylisted, it tries again after growing pauses and goes in the end', async () => {
  let tries = 0;
  const server = await openMailServer({
    onRcptTo: (_address, _session, done) =>
      done(++tries < 4 ? answerWith(451, 'come back later') : undefined),
  });
  await start(server);
  const id = await postOne();
  const pauses: number[] = [];
  for (let i = 0; i < 3; i++) {
    assert.equal(await outcome(id), 'outgoing mail_smtp later');
    pauses.push(await minutesUntilDue(id));
    await due();
  }
  assert.deepEqual(pauses, [1, 5, 15]);
  assert.equal(await outcome(id), 'sent  ');
  assert.equal(server.accepted.length, 1);
});

test('a greylisted mail does not hold up the others; a server that is away holds all', async () => {
  let asked = 0;
  const server = await openMailServer({
    onRcptTo: (_address, _session, done) =>
      done(++asked === 1 ? answerWith(451, 'come back later') : undefined),
  });
  await start(server);
  for (let i = 0; i < 5; i++) await postOne();
  await deliver(caller, never);
  assert.equal(server.accepted.length, 4);
  const gone = await openMailServer();
  await gone.close();
  await start();
  by(gone.url);
  const ids = [await postOne(), await postOne(), await postOne(), await postOne(), await postOne()];
  assert.equal(await outcome(ids[4]!), 'outgoing mail_smtp refused');
  const rows = await Promise.all(ids.map((id) => row(id)));
  assert.ok(rows.every(({ due_at }) => due_at.getTime() > Date.now() + 50_000));
  assert.ok(rows.reduce((sum, { attempts }) => sum + attempts, 0) <= 3, 'nobody else tried');
});

test('dropped before the greeting, in the middle, and inside the content', async () => {
  const atOnce = await openRawServer((socket) => socket.destroy());
  await start(atOnce);
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp dropped');
  const inside = await openRawServer((socket) => {
    socket.write('220 hello\r\n');
    socket.on('data', (chunk) => {
      const word = String(chunk).slice(0, 4).toUpperCase();
      if (word === 'DATA') socket.write('354 go on\r\n', () => socket.destroy());
      else socket.write('250 ok\r\n');
    });
  });
  await start(inside);
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp dropped');
});

test('a wrong name, a busy server, a login that is refused: each waits with its own words', async () => {
  await start();
  by('smtp://nowhere.invalid:25');
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp name');
  const busy = await openRawServer((socket) => socket.end('421 too busy\r\n'));
  await start(busy);
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp later');
  const locked = await openMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(answerWith(535, 'wrong password')),
  });
  await start(locked);
  by(locked.url.replace('//', '//anne:wrong@'));
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp login');
  by(locked.url);
  assert.equal(await outcome(await postOne()), 'outgoing mail_smtp login_missing');
});

test('a mail of somebody without an address fails; nothing leaves a test database', async () => {
  const server = await openMailServer();
  await start(server);
  const id = await postOne();
  await sql`update mails set email_to = 'nobody at all' where id = ${id}`.execute(caller.db);
  assert.equal(await outcome(id), 'exception mail_email_missing nobody');
  // It was outgoing before: what a test database stores is caught at once.
  const other = await postOne();
  await sql`update tenants set is_test = true where id = ${caller.tenant.id}`.execute(
    world.store.installation,
  );
  // Whoever believes that it is none: the statement that takes mails looks for itself.
  assert.equal(await outcome(other), 'outgoing  ');
  caller = { ...caller, tenant: { ...caller.tenant, test: true } };
  assert.equal(await outcome(other), 'sent  ');
  assert.equal((await row(other)).caught, true);
  assert.equal(server.accepted.length, 0);
});
