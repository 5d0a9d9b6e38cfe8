// The embedded PostgreSQL, for real: started, joined, killed, moved out of root's reach.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isRefusal } from '#server/kernel/refusal.ts';
import { nameOf } from './embedded-cluster.ts';
import { findNative, reachNative } from './embedded-native.ts';
import { chooseAccount, makeHome } from './embedded-owner.ts';
import { openEmbedded } from './embedded.ts';

const asRoot = process.getuid?.() === 0 ? {} : { skip: 'only root can change accounts' };
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'huis-test-'));
fs.chmodSync(scratch, 0o755);
const home = path.join(scratch, 'home');
const open = (folder: string, native = findNative()) => openEmbedded(folder, { native, home });
const fresh = (name: string) => path.join(scratch, name);
const shared = fresh('shared');

after(() => {
  for (const name of fs.readdirSync(scratch)) killPostgres(path.join(scratch, name));
  fs.rmSync(scratch, { recursive: true, maxRetries: 20, retryDelay: 50 });
});

/** The pid of the PostgreSQL of a data folder, 0 when none runs. */
function postgresOf(folder: string): number {
  try {
    const pid = Number.parseInt(
      fs.readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8'),
    );
    return process.kill(pid, 0) ? pid : 0;
  } catch {
    return 0;
  }
}

function killPostgres(folder: string): void {
  const pid = postgresOf(folder);
  if (pid) process.kill(pid, 'SIGKILL');
}

async function query(url: string, text: string, values: string[] = []) {
  const client = new Client({ connectionString: url });
  // A PostgreSQL killed between two of our words says so on its own.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const answers = (url: string) =>
  query(url, 'select 1').then(
    () => true,
    (error: { code?: string }) => error.code !== 'ECONNREFUSED',
  );

/** A process of its own that opens `folder`, as the account `uid` if given, until told to stop. */
function startUser(folder: string, uid = 0, native = findNative()) {
  const script = `
    import { openEmbedded } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)};
    if (${uid}) { process.setgroups([]); process.setgid(${uid}); process.setuid(${uid}); }
    const options = ${JSON.stringify({ native, home })};
    const { url, stop } = await openEmbedded(${JSON.stringify(folder)}, options);
    console.log(url);
    for await (const _ of process.stdin) break;
    await stop();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
    detached: true,
  });
  const gone = new Promise<void>((done) => child.on('exit', () => done()));
  const url = new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', done);
    child.on('exit', () => fail(new Error('it ended before it opened')));
  });
  url.catch(() => undefined);
  const leave = () => (child.stdin.write('stop\n'), gone);
  const kill = () => (child.kill('SIGKILL'), gone);
  // As a terminal reaches all that was started in it.
  const killGroup = () => (process.kill(-(child.pid ?? 0), 'SIGKILL'), gone);
  return { url, leave, kill, killGroup };
}

test('many who open a new folder at the same moment share one PostgreSQL', async () => {
  const others = [startUser(shared), startUser(shared)];
  const ours = await Promise.all([open(shared), open(shared)]);
  const theirs = await Promise.all(others.map(({ url }) => url));
  assert.equal(new Set([...theirs, ...ours.map(({ url }) => url)]).size, 1);
  const log = fs.readFileSync(path.join(shared, 'postgres.log'), 'utf8');
  assert.equal(log.match(/starting PostgreSQL/g)?.length, 1);
  await Promise.all([...others.map(({ leave }) => leave()), ...ours.map(({ stop }) => stop())]);
  assert.equal(postgresOf(shared), 0);
});

test('the database is durable, speaks UTF-8, and no network and no neighbour reaches it', async () => {
  const { url, stop } = await open(shared);
  const [row] = await query(
    url,
    `select current_database() as name, current_user as role, lower('ÉLÉONORE') as lower,
       current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
       current_setting('listen_addresses') as network, current_setting('io_method') as io`,
  );
  assert.deepEqual(row, {
    name: 'huis',
    role: 'huis',
    lower: 'éléonore',
    encoding: 'UTF8',
    fsync: 'on',
    network: '',
    io: 'sync',
  });
  const mode = (name: string) => fs.statSync(path.join(shared, name)).mode & 0o777;
  assert.equal(mode('postgres.password'), 0o600);
  assert.equal(mode('postgres.log'), 0o600);
  assert.equal(mode('postgres'), 0o700);
  assert.equal(mode('.') & 0o767, 0o700);
  await assert.rejects(query(url.replace(/:[^:@]*@/, ':guess@'), 'select 1'), { code: '28P01' });
  await stop();
  await stop();
  assert.equal(postgresOf(shared), 0);
});

test('the log never repeats what people typed, not even when a statement fails', async () => {
  const { url, stop } = await open(shared);
  await query(url, 'create table people (email text primary key, age int check (age > 0))');
  await query(url, "insert into people values ('marie.secret@example.org', 1)");
  const again = 'insert into people values ($1, $2)';
  await assert.rejects(query(url, again, ['marie.secret@example.org', '1']), { code: '23505' });
  await assert.rejects(query(url, again, ['pieter.secret@example.org', '-1']), { code: '23514' });
  await assert.rejects(query(url, again, ['x', 'secret age']), { code: '22P02' });
  await assert.rejects(query(url, "select 'secret' from nowhere"), { code: '42P01' });
  await stop();
  assert.doesNotMatch(fs.readFileSync(path.join(shared, 'postgres.log'), 'utf8'), /secret/);
});

test('a log that grew long is put aside at the next start', async () => {
  const log = path.join(shared, 'postgres.log');
  fs.truncateSync(log, 5_000_000);
  await (await open(shared)).stop();
  assert.equal(fs.statSync(`${log}.old`).size, 5_000_000);
  assert.ok(fs.statSync(log).size < 5_000);
});

test('PostgreSQL killed under us comes back with all it had answered', async () => {
  const first = await open(shared);
  await query(first.url, "insert into people values ('jan', 2)");
  // A backend at work outlives its postmaster a moment, and holds the memory that a new one needs.
  const busy = query(first.url, 'select count(*) from generate_series(1, 3000000)');
  const over = Promise.allSettled([busy]);
  await sleep(100);
  killPostgres(shared);
  while (await answers(first.url)) await sleep(5);
  const second = await open(shared);
  assert.deepEqual(await query(second.url, "select age from people where email = 'jan'"), [
    { age: 2 },
  ]);
  await over;
  await first.stop();
  await second.stop();
  assert.equal(postgresOf(shared), 0);
});

test('a stale pid file whose number went to another process does not block the start', async () => {
  const account = chooseAccount(shared);
  const stranger = spawn('sleep', ['60'], { ...account });
  const file = path.join(shared, 'postgres/postmaster.pid');
  fs.writeFileSync(file, `${stranger.pid}\n${shared}/postgres\n1\n5432\n\n\n\nready\n`);
  const { url, stop } = await open(shared);
  assert.equal((await query(url, 'select 1')).length, 1);
  await stop();
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
  stranger.kill();
});

test('a second process joins, and only the last one to leave stops PostgreSQL', async () => {
  const starter = startUser(shared);
  await starter.url;
  const pid = postgresOf(shared);
  const joined = await open(shared);
  assert.equal(joined.url, await starter.url);
  assert.equal(postgresOf(shared), pid);
  await starter.leave();
  assert.equal(postgresOf(shared), pid);
  await query(joined.url, 'select 1');
  await joined.stop();
  assert.equal(postgresOf(shared), 0);
});

test('a server killed by force is forgotten: the next one joins, and stops it in the end', async () => {
  const killed = startUser(shared);
  await killed.url;
  const pid = postgresOf(shared);
  await killed.killGroup();
  assert.equal(postgresOf(shared), pid);
  // Our own living pid under another birth: a number that was given out again.
  fs.writeFileSync(path.join(shared, `postgres.users/${process.pid}-reused`), 'another birth');
  const next = await open(shared);
  assert.equal(postgresOf(shared), pid);
  await next.stop();
  assert.equal(postgresOf(shared), 0);
  assert.deepEqual(fs.readdirSync(path.join(shared, 'postgres.users')), []);
});

const deep = path.join(fresh('deep, "quoted" and é'), 'x'.repeat(100));

test('a first start that was killed half way does not spoil the folder', async () => {
  const killed = startUser(deep);
  const drafts = () => fs.readdirSync(deep).filter((name) => name.includes('.new-'));
  const half = () => fs.existsSync(deep) && drafts().some((one) => begun(path.join(deep, one)));
  for (let tries = 0; tries < 2_000 && !half(); tries++) await sleep(5);
  assert.ok(half());
  await killed.kill();
  assert.equal(fs.existsSync(path.join(deep, 'postgres')), false);
  const { url, stop } = await open(deep);
  assert.equal((await query(url, 'select 1')).length, 1);
  await stop();
  assert.deepEqual(drafts(), []);
});

const begun = (draft: string) => fs.existsSync(path.join(draft, 'data/PG_VERSION'));

test('a data folder too deep for a socket gets a private one elsewhere', async () => {
  const { url, stop } = await open(deep);
  assert.equal((await query(url, 'select 1')).length, 1);
  const socket = new URL(url).searchParams.get('host') ?? '';
  assert.notEqual(socket, path.join(deep, 'postgres'));
  assert.equal(fs.statSync(socket).mode & 0o777, 0o700);
  await stop();
  assert.equal(fs.existsSync(socket), false);
  // Whoever could write there first must not be taken for our PostgreSQL.
  fs.mkdirSync(socket, { mode: 0o777 });
  fs.chmodSync(socket, 0o777);
  await assert.rejects(open(deep), (error) => isRefusal(error, 'embedded_failed'));
  fs.rmdirSync(socket);
});

test('below a folder that only root may enter it still runs, as someone else', asRoot, async () => {
  const closed = fresh('closed');
  fs.mkdirSync(closed, { mode: 0o700 });
  fs.cpSync(path.dirname(findNative()), path.join(closed, 'package'), { recursive: true });
  const native = path.join(closed, 'package/native');
  const folder = path.join(closed, 'data');
  // What a deleted folder of this path left behind is neither adopted nor lost.
  const former = path.join(home, nameOf(folder));
  makeHome(home);
  fs.mkdirSync(former);
  for (const round of [1, 2]) {
    const { url, stop } = await open(folder, native);
    await query(url, `create table round${round} ()`);
    const files = fs.realpathSync(path.join(folder, 'postgres'));
    assert.equal(files, `${former}-2`);
    assert.notEqual(fs.statSync(files).uid, 0);
    const program = fs.readlinkSync(`/proc/${postgresOf(folder)}/exe`);
    assert.match(program, new RegExp(`^${home}/native-[^/]+/bin/postgres$`));
    await stop();
    assert.equal(postgresOf(folder), 0);
  }
  assert.equal(fs.readdirSync(home).length, 3);
});

test('an ordinary user runs it as themselves, and root joins as that user', asRoot, async () => {
  const folder = fresh('ordinary');
  const nobody = 65534;
  fs.mkdirSync(folder);
  fs.chownSync(folder, nobody, nobody);
  // Where any account can run them, wherever this tree was cloned.
  const native = await reachNative(findNative(), { uid: nobody, gid: nobody }, home);
  const user = startUser(folder, nobody, native);
  const url = await user.url;
  assert.equal(fs.statSync(`/proc/${postgresOf(folder)}`).uid, nobody);
  const root = await open(folder);
  assert.equal(root.url, url);
  await user.leave();
  await root.stop();
  const again = await open(folder, native);
  assert.equal(fs.statSync(`/proc/${postgresOf(folder)}`).uid, nobody);
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const owner = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false })?.uid ?? nobody;
    assert.equal(owner, nobody, name);
  }
  await again.stop();
});

test('a cluster that root took over is refused with the way out', asRoot, async () => {
  const files = path.join(shared, 'postgres');
  const { uid, gid } = fs.statSync(files);
  fs.chownSync(files, 0, 0);
  await assert.rejects(open(shared), (error) => {
    assert.ok(isRefusal(error, 'embedded_failed'));
    assert.match(error.detail ?? '', /chown -R/);
    return true;
  });
  fs.chownSync(files, uid, gid);
});

test('what stops it from starting is told with the last lines of its log', async () => {
  fs.appendFileSync(path.join(shared, 'postgres/postgresql.conf'), '\nnonsense = yes\n');
  await assert.rejects(open(shared), (error) => {
    assert.ok(isRefusal(error, 'embedded_failed'));
    assert.match(error.detail ?? '', /unrecognized configuration parameter "nonsense"/);
    return true;
  });
});

test('a machine without programs is told to set DATABASE_URL', async (t) => {
  t.mock.property(process, 'arch', 'mips');
  await assert.rejects(openEmbedded(fresh('missing')), (error) => {
    assert.ok(isRefusal(error, 'embedded_missing'));
    assert.match(error.detail ?? '', /mips.*DATABASE_URL/);
    return true;
  });
});
