// The server as its operator meets it: health, several workers, stopping, dying, a database that goes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeKey, revokeKey } from '#server/api-keys/keys.ts';
import { readConfig } from '#server/kernel/config.ts';
import { holdSecret, openSecretKey } from '#server/kernel/secrets.ts';
import { ask } from './ask.ts';
import { Visitor } from './browserless.ts';
import { root, startServer, until, type RunningServer } from './server.ts';
import { asMember, openWorld, PASSWORD, type World } from './world.ts';
import type { Caller } from '#server/store/caller.ts';

let folder: string;
let world: World;
let caller: Caller;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huis-process-'));
  // Run as root, the account that runs PostgreSQL must be able to pass.
  await chmod(folder, 0o711);
  world = await openWorld();
  caller = (await world.tenant()).caller;
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const onTheRunsDatabase = (env: NodeJS.ProcessEnv = {}) =>
  startServer({ DATABASE_URL: world.store.url, HUIS_DATA: folder, ...env });

/** On an embedded database of its own: the run's one is shared and must not die. */
const onItsOwn = (env: NodeJS.ProcessEnv = {}) =>
  startServer({ DATABASE_URL: '', HUIS_DATA: join(folder, 'own'), ...env });

/** The sign-in page of the run's tenant. */
const door = () => `/web/login?db=${caller.tenant.name}`;

/** The process that keeps the embedded database. */
async function postmaster(): Promise<number> {
  const text = await readFile(join(folder, 'own/postgres/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

async function status(server: RunningServer, path: string): Promise<number> {
  return (await fetch(server.url + path, { redirect: 'manual' })).status;
}

test('it is healthy, ready, and shows figures of all its workers, to near addresses only', async () => {
  const server = await onTheRunsDatabase({ HUIS_WORKERS: '2', HUIS_TRUST_PROXY: '127.0.0.1' });
  try {
    assert.equal(await status(server, '/healthz'), 200);
    assert.equal(await status(server, '/readyz'), 200);
    for (let i = 0; i < 10; i++) await status(server, door());
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    const counted = /huis_http_request_seconds_count\{method="GET",status="2xx"\} (\d+)/.exec(
      figures,
    );
    assert.ok(Number(counted?.[1]) >= 11, figures.slice(0, 400));
    const far = await fetch(`${server.url}/metrics`, {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    assert.equal(far.status, 403);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test('a forwarded address is believed from a trusted proxy alone', async () => {
  const server = await onTheRunsDatabase();
  try {
    const answer = await fetch(`${server.url}/metrics`, {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    assert.equal(answer.status, 200);
    assert.doesNotMatch(server.output(), /HUIS_TRUST_PROXY/);
    for (let i = 0; i < 3; i++)
      await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-proto': 'https' } });
    await until(async () => server.output().includes('HUIS_TRUST_PROXY'));
    assert.equal(server.output().split('HUIS_TRUST_PROXY').length, 2, 'said once');
  } finally {
    await server.stop();
  }
});

test('a session opened at one worker is known and ended at every other', async () => {
  const server = await onTheRunsDatabase({ HUIS_WORKERS: '3' });
  try {
    const visitor = new Visitor(server.url);
    const entered = await visitor.signIn(caller.tenant.name, 'admin', PASSWORD);
    assert.equal(entered.status, 303);
    const pages = await Promise.all(Array.from({ length: 12 }, () => visitor.get('/my/profile')));
    assert.deepEqual(new Set(pages.map((page) => page.status)), new Set([200]));
    const cookies = new Map(visitor.jar);
    await visitor.post('/web/session/logout', {});
    for (const [name, value] of cookies) visitor.jar.set(name, value);
    const after = await Promise.all(Array.from({ length: 12 }, () => visitor.get('/my/profile')));
    assert.deepEqual(new Set(after.map((page) => page.status)), new Set([303]));
  } finally {
    await server.stop();
  }
});

test('a revoked key and an archived owner are refused by every worker from the next call on', async () => {
  const server = await onTheRunsDatabase({ HUIS_WORKERS: '3', HUIS_DATA: folder });
  try {
    const secret = await openSecretKey(join(folder, 'secret.key'));
    const kept = holdSecret(secret);
    const owner = await world.person(caller, { login: 'owner', name: 'Owner' });
    const wish = {
      lasts: '1',
      until: '',
      scope: 'all',
      models: [],
      readOnly: false,
      addresses: '',
    };
    const make = (name: string) => makeKey(owner, kept, { name, ...wish, proof: PASSWORD });
    const [one, two] = [await make('one'), await make('two')];
    // A new connection each time, so that the workers take turns.
    const call = async (key: string) => {
      const answer = await fetch(`${server.url}/json/2/res.users/context_get`, {
        method: 'POST',
        body: '{}',
        headers: {
          authorization: `bearer ${key}`,
          'content-type': 'application/json',
          'x-odoo-database': caller.tenant.name,
          connection: 'close',
        },
      });
      return answer.status;
    };
    const everywhere = async (key: string) =>
      new Set(await Promise.all(Array.from({ length: 24 }, () => call(key))));
    assert.deepEqual(await everywhere(one.key), new Set([200]));
    await revokeKey(owner, kept, { id: one.id, proof: PASSWORD });
    assert.deepEqual(await everywhere(one.key), new Set([401]));
    assert.deepEqual(await everywhere(two.key), new Set([200]));
    const administrator = await asMember(caller, 'admin');
    await ask(administrator, 'res.users', 'write', [[owner.person.id], { active: false }]);
    assert.deepEqual(await everywhere(two.key), new Set([401]));
  } finally {
    holdSecret(world.secret);
    await server.stop();
  }
});

test('asked to stop, it finishes what it began and ends with 0', async () => {
  const server = await onTheRunsDatabase();
  const form = `login=admin&password=${encodeURIComponent(PASSWORD)}`;
  const headers = {
    origin: server.url,
    accept: 'text/html',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(form.length),
  };
  const sent = request(server.url + door(), { method: 'POST', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  // Half a form: the request is in flight until the rest has come.
  sent.write(form.slice(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 500));
  // npm passes on what the whole group was told: it comes twice.
  server.process.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const ended = server.stop();
  await until(async () => {
    const refused = await fetch(`${server.url}/healthz`).then(
      () => false,
      () => true,
    );
    return refused;
  });
  sent.end(form.slice(10));
  const [answer] = await answered;
  answer.resume();
  assert.equal(answer.statusCode, 303);
  assert.equal(await ended, 0);
});

test('killed without warning, it has kept every change that was answered', async () => {
  let server = await onItsOwn();
  const printed = /http:\/\/localhost:\d+\/set-up\?token=[\w-]{43}\n/;
  await until(async () => printed.test(server.output()), 5);
  execFileSync(
    process.execPath,
    [join(root, 'huis.js'), 'database', 'create', 'kept', '--password-stdin'],
    {
      env: { ...process.env, DATABASE_URL: '', HUIS_DATA: join(folder, 'own') },
      input: `${PASSWORD}\n`,
    },
  );
  const visitor = new Visitor(server.url);
  assert.equal((await visitor.signIn('kept', 'admin', PASSWORD)).status, 303);
  const zones = ['Europe/Brussels', 'Europe/Paris', 'Asia/Tokyo', 'America/Lima'];
  let saved = '';
  const changing = (async () => {
    for (let i = 0; ; i++) {
      const timeZone = zones[i % zones.length]!;
      const answer = await visitor.post('/my/profile?/save', { timeZone });
      if (answer.status !== 303) throw new Error(`status ${answer.status}`);
      saved = timeZone;
    }
  })().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 800));
  await server.kill();
  process.kill(await postmaster(), 'SIGKILL');
  await changing;
  assert.notEqual(saved, '');
  server = await onItsOwn();
  try {
    const again = new Visitor(server.url);
    assert.equal((await again.signIn('kept', 'admin', PASSWORD)).status, 303);
    const page = await (await again.get('/my/profile')).text();
    const kept = /<option value="([^"]+)" selected/.exec(page)?.[1];
    // The change under way when the blow fell may have been made without an answer.
    const possible = [saved, zones[(zones.indexOf(saved) + 1) % zones.length]];
    assert.ok(kept && possible.includes(kept), `${kept} is kept, ${saved} was answered`);
  } finally {
    await server.stop();
  }
});

test('an embedded database that dies is answered with 503 and comes back by itself', async () => {
  const server = await onItsOwn();
  try {
    process.kill(await postmaster(), 'SIGKILL');
    const seen = new Set<number>();
    await until(async () => {
      seen.add(await status(server, '/readyz'));
      return seen.has(503);
    });
    await until(async () => (await status(server, '/readyz')) === 200);
    await until(async () => (await status(server, '/web/login?db=kept')) === 200);
    for (const code of seen) assert.ok([200, 503].includes(code), String(code));
  } finally {
    assert.equal(await server.stop(), 0);
  }
  await assert.rejects(postmaster(), 'the one that was started again is stopped too');
});

test('without its database every page says so plainly, with 503, and health stays up', async () => {
  // A proxy of ours stands before the database, so that it can be cut off and joined again.
  const { cuttable } = await import('./cuttable.ts');
  const gate = await cuttable(world.store.url);
  const server = await onTheRunsDatabase({ DATABASE_URL: gate.url });
  try {
    assert.equal(await status(server, door()), 200);
    const underWay = Promise.all(Array.from({ length: 40 }, () => status(server, door())));
    await new Promise((resolve) => setTimeout(resolve, 60));
    gate.cut();
    for (const code of await underWay) assert.ok([200, 503].includes(code), String(code));
    // A look at the entrance is as good as new for a quarter of a second.
    await until(async () => (await status(server, door())) === 503);
    const away = await fetch(server.url + door(), { headers: { 'accept-language': 'fr' } });
    assert.equal(away.status, 503);
    assert.match(await away.text(), /base de données/);
    assert.equal(await status(server, '/healthz'), 200);
    assert.equal(await status(server, '/readyz'), 503);
    gate.join();
    await until(async () => (await status(server, door())) === 200);
    assert.equal(await status(server, '/readyz'), 200);
  } finally {
    await server.stop();
    gate.close();
  }
});

test('settings that make no sense are refused with one line that names the variable', () => {
  for (const [name, value] of [
    ['HUIS_PORT', 'eighty'],
    ['HUIS_WORKERS', '-1'],
    ['HUIS_URL', 'ftp://x'],
    ['HUIS_LIST_DATABASES', 'perhaps'],
  ] as const)
    assert.throws(() => readConfig({ [name]: value }), {
      code: 'setting_invalid',
      detail: new RegExp(name),
    });
});

test('the package brings its own Node', () => {
  const { engines, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as {
    engines: { node: string };
    dependencies: { node: string };
  };
  assert.equal(engines.node, '>=24');
  assert.equal(process.version, `v${dependencies.node}`);
});
