// Outgoing mail servers and mails over the registry: who may, what is kept secret, which server is taken, what a
// trial says; and mails that administrators write, send again and cancel.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { holdInstallation } from '#server/kernel/installation.ts';
import { isRefusal } from '#server/kernel/refusal.ts';
import { makeLinks } from '#server/links/links.ts';
import { execute } from '#server/models/execute.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import {
  answerWith,
  openMailServer,
  openRawServer,
  type MailServer,
} from '#tests/mail/mail-server.ts';
import { openWorld, type World } from '#tests/world.ts';
import { deliver } from './delivery.ts';
import { tryServer } from './doctor.ts';
import { post } from './post.ts';
import { readersOf } from './readers.ts';
import { serverFor, serverOf, serversOf } from './servers.ts';

let world: World;
let caller: Caller;
let administrator: Member;
const closing: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

before(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  ({ caller, administrator } = await world.tenant());
  hold(['127.0.0.1', 'localhost']);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
after(() => world.close());

const hold = (mailHosts: string[]) =>
  holdInstallation({ url: 'http://localhost:8069', mailHosts, smtpUrl: undefined });

const call = (model: string, method: string, ...args: unknown[]) =>
  execute(administrator, { model, method, args, kwargs: {} });

async function opened<S extends { close(): Promise<void> }>(server: Promise<S>): Promise<S> {
  const open = await server;
  closing.push(() => open.close());
  return open;
}

const at = ({ port }: { port: number }, more = {}) => ({
  ...{ name: 'ours', smtp_host: '127.0.0.1', smtp_port: port, smtp_encryption: 'none' },
  ...more,
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isRefusal(error) ? error.code : String(error)),
  );

const makeServer = async (values: object) =>
  (await call('ir.mail_server', 'create', values)) as number;

test('credentials go in and never come out; another host forgets them', async () => {
  const id = await makeServer(at({ port: 25 }, { smtp_user: 'anne', smtp_pass: 'geheim' }));
  const [row] = (await call('ir.mail_server', 'read', [id])) as Record<string, unknown>[];
  assert.ok(!JSON.stringify(row).includes('geheim'));
  const stored = await caller.db.selectFrom('mail_servers').selectAll().executeTakeFirstOrThrow();
  assert.ok(!stored.secret!.toString('latin1').includes('geheim'));
  assert.deepEqual((await serverOf(caller, id))?.credentials, { password: 'geheim' });
  await call('ir.mail_server', 'write', [id], { smtp_user: 'jan' });
  assert.deepEqual((await serverOf(caller, id))?.credentials, { password: 'geheim' });
  await call('ir.mail_server', 'write', [id], { smtp_host: 'localhost' });
  assert.deepEqual((await serverOf(caller, id))?.credentials, {});
  // Sealed for this tenant and row: it opens nowhere else.
  await call('ir.mail_server', 'write', [id], { smtp_pass: 'geheim' });
  const other = await makeServer(at({ port: 25 }));
  await sql`update mail_servers set secret = (select secret from mail_servers where id = ${id})
    where id = ${other}`.execute(caller.db);
  assert.deepEqual((await serverOf(caller, other))?.credentials, {});
});

test('inner hosts are refused when a server is stored and again when it is used', async () => {
  const server = await opened(openMailServer());
  const id = await makeServer(at(server));
  hold([]);
  assert.equal(await codeOf(makeServer(at(server))), 'mail_host_inner');
  const moved = call('ir.mail_server', 'write', [id], { smtp_host: '169.254.169.254' });
  assert.equal(await codeOf(moved), 'mail_host_inner');
  assert.equal((await tryServer(administrator, id)).step, 'inner');
  const mail = (await call('mail.mail', 'create', { email_to: 'a@example.be' })) as number;
  await deliver(caller, never);
  const [row] = (await call('mail.mail', 'read', [mail], ['state', 'failure_step'])) as object[];
  assert.deepEqual(row, { id: mail, state: 'outgoing', failure_step: 'inner' });
  assert.equal(server.accepted.length, 0);
});

test('only Settings administrators reach servers and mails', async () => {
  const ana = await world.person(caller, {
    login: 'ana',
    name: 'Ana',
    groups: ['base.group_user'],
  });
  for (const model of ['ir.mail_server', 'mail.mail'])
    for (const [method, args] of [
      ['search_read', [[]]],
      ['create', [{ name: 'x', smtp_host: '1.1.1.1' }]],
    ] as const) {
      const tried = execute(ana, { model, method, args, kwargs: {} });
      assert.equal(await codeOf(tried), 'access_model', `${model} ${method}`);
    }
});

test('the server made for the address is taken, then for its domain, then for none', async () => {
  await makeServer({ name: 'domain', smtp_host: '127.0.0.1', from_filter: '@b.be, c.be' });
  await makeServer({ name: 'any', smtp_host: '127.0.0.1', sequence: 5 });
  await makeServer({ name: 'address', smtp_host: '127.0.0.1', from_filter: 'Anne@b.be' });
  const servers = await serversOf(caller);
  const nameFor = (from: string) => {
    const server = serverFor(servers, from);
    return server && 'name' in server ? server.name : undefined;
  };
  assert.equal(nameFor('anne@b.be'), 'address');
  assert.equal(nameFor('jan@B.be'), 'domain');
  assert.equal(nameFor('jan@x.be'), 'any');
});

test('a trial says which step failed', async () => {
  const stepOf = async (values: object) => {
    const id = await makeServer(values);
    return (await tryServer(administrator, id)).step;
  };
  const good = await opened(openMailServer());
  assert.equal(await stepOf(at(good)), null);
  assert.deepEqual(good.accepted[0]?.to, ['admin@example.be']);
  assert.equal(await stepOf(at(good, { smtp_encryption: 'starttls' })), 'starttls');
  assert.equal(await stepOf(at(good, { smtp_encryption: 'ssl' })), 'tls');
  assert.equal(await stepOf(at(good, { smtp_host: 'nowhere.invalid' })), 'name');
  assert.equal(await stepOf(at(good, { smtp_user: 'a', smtp_pass: 'b' })), 'login');
  const gone = await openMailServer();
  await gone.close();
  assert.equal(await stepOf(at(gone)), 'refused');
  const locked = await opened(
    openMailServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answerWith(535, 'no')),
    }),
  );
  assert.equal(await stepOf(at(locked, { smtp_user: 'a', smtp_pass: 'b' })), 'login');
  const foreign = await opened(
    openMailServer({ onMailFrom: (_from, _session, done) => done(answerWith(553, 'not you')) }),
  );
  assert.equal(await stepOf(at(foreign)), 'sender');
  const selfSigned = await opened(openMailServer({ secure: true }));
  const step = await stepOf(at(selfSigned, { smtp_encryption: 'ssl' }));
  assert.ok(step === 'tls_unknown' || step === 'tls_expired', String(step));
  const over = await opened(openMailServer({ disabledCommands: [] }));
  const upgraded = await stepOf(at(over, { smtp_encryption: 'starttls' }));
  assert.ok(upgraded === 'tls_unknown' || upgraded === 'tls_expired', String(upgraded));
  const id = await makeServer(at(gone));
  const tested = call('ir.mail_server', 'test_smtp_connection', [id]);
  assert.equal(await codeOf(tested), 'mail_test_failed');
});

test('a server that hangs before its greeting, or in the middle, is told from one that is gone', async () => {
  const silent = await opened(openRawServer(() => undefined));
  const stuck = await opened(openRawServer((socket) => socket.write('220 hello\r\n')));
  const ids = [await makeServer(at(silent)), await makeServer(at(stuck))];
  const trials = await Promise.all(ids.map((id) => tryServer(administrator, id)));
  assert.deepEqual(
    trials.map(({ step }) => step),
    ['greeting', 'slow'],
  );
});

async function serve(options = {}): Promise<MailServer> {
  const server = await opened(openMailServer(options));
  await makeServer(at(server));
  return server;
}

test('a mail that an administrator writes is cleaned, goes to all addressees, and is gone', async () => {
  const server = await serve();
  const reader = (await readersOf(caller, [administrator.person.id]))[0]!;
  const id = (await call('mail.mail', 'create', {
    subject: 'Bonjour',
    body_html: '<p onclick="x()">Hi <script>alert(1)</script><b>you</b></p>',
    email_to: 'Jan <jan@example.be>',
    email_cc: 'els@example.be',
    recipient_ids: [[6, 0, [reader.partnerId]]],
  })) as number;
  await deliver(caller, never);
  const [mail] = server.accepted;
  assert.deepEqual(mail?.to.toSorted(), ['admin@example.be', 'els@example.be', 'jan@example.be']);
  assert.match(mail!.raw, /<p>Hi <b>you<\/b><\/p>/);
  const [row] = (await call('mail.mail', 'read', [id], ['state'])) as object[];
  assert.deepEqual(row, { id, state: 'sent' });
  const late = call('mail.mail', 'write', [id], { subject: 'else' });
  assert.equal(await codeOf(late), 'mail_is_gone');
  const wrong = call('mail.mail', 'create', { email_to: 'no address' });
  assert.equal(await codeOf(wrong), 'email_invalid');
  assert.equal(await codeOf(call('mail.mail', 'create', { state: 'sent' })), 'field_readonly');
});

test('scheduled mails wait; send takes them now; cancelled and failed ones are tried again', async () => {
  const server = await serve();
  const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const id = (await call('mail.mail', 'create', {
    ...{ subject: 'x', email_to: 'a@example.be', scheduled_date: soon },
  })) as number;
  await deliver(caller, never);
  assert.equal(server.accepted.length, 0);
  await call('mail.mail', 'cancel', [id]);
  await call('mail.mail', 'mark_outgoing', [id]);
  await deliver(caller, never);
  assert.equal(server.accepted.length, 0);
  await call('mail.mail', 'send', [id]);
  await deliver(caller, never);
  assert.equal(server.accepted.length, 1);
});

test('a mail of the house keeps its words, shows no live link, and is not revived without one', async () => {
  await serve();
  const [reader] = await readersOf(caller, [administrator.person.id]);
  const wish = { userId: reader!.userId, purpose: 'reset', way: 'mail' } as const;
  const [link] = await makeLinks(caller, [wish]);
  const [id] = await post(caller, [{ kind: 'password_reset', reader: reader!, link: link! }]);
  const [row] = (await call('mail.mail', 'read', [id])) as object[];
  assert.ok(!JSON.stringify(row).includes(link!.token));
  assert.equal(await codeOf(call('mail.mail', 'write', [id], { subject: 'x' })), 'mail_is_ours');
  assert.equal(await codeOf(call('mail.mail', 'copy', [id])), 'mail_is_ours');
  await call('mail.mail', 'cancel', [id]);
  assert.equal(await codeOf(call('mail.mail', 'mark_outgoing', [id])), 'mail_link_gone');
  const { secret } = await caller.db.selectFrom('mails').select('secret').executeTakeFirstOrThrow();
  assert.equal(secret, null);
});

test('a server’s rate is kept: what is over it waits', async () => {
  const server = await opened(openMailServer());
  await makeServer(at(server, { rate: 3 }));
  for (let i = 0; i < 5; i++) await call('mail.mail', 'create', { email_to: 'a@example.be' });
  const again = await deliver(caller, never);
  assert.equal(server.accepted.length, 3);
  assert.ok(again && again > new Date());
  await deliver(caller, never);
  assert.equal(server.accepted.length, 3);
  await sql`update mails set sent_at = now() - interval '2 minutes' where state = 'sent'`.execute(
    caller.db,
  );
  await deliver(caller, never);
  assert.equal(server.accepted.length, 5);
});
