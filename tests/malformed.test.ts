// Ten thousand requests that no browser would send: each is refused with 4xx or answered, none breaks
// the server, and the log holds nothing of what they carried.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { Visitor } from './browserless.ts';
import { startServer, until, type RunningServer } from './server.ts';
import { openWorld, PASSWORD, type World } from './world.ts';

const HOW_MANY = 10_000;
const SECRET = 'never-in-the-log-4711';

let folder: string;
let world: World;
let server: RunningServer;
let database: string;
let cookie: string;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huis-malformed-'));
  world = await openWorld();
  const { caller } = await world.tenant();
  database = caller.tenant.name;
  server = await startServer({
    DATABASE_URL: world.store.url,
    HUIS_DATA: folder,
    HUIS_LOG_LEVEL: 'debug',
  });
  const visitor = new Visitor(server.url);
  await visitor.signIn(database, 'admin', PASSWORD);
  cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ');
});
after(async () => {
  agent.destroy();
  await server.stop();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The status of one request; 0 when the server closed the connection on it. */
function fire({ method, path, headers, body }: Shot): Promise<number> {
  return new Promise((resolve) => {
    let sent;
    try {
      sent = request(
        { host: '127.0.0.1', port: server.port, agent, method, path, headers, timeout: 20_000 },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
          answer.on('error', () => resolve(0));
        },
      );
    } catch {
      // Node's own client refuses to send it: nothing reaches the server.
      return resolve(400);
    }
    sent.on('error', () => resolve(0));
    sent.on('timeout', () => {
      sent.destroy();
      resolve(599);
    });
    sent.end(body);
  });
}

const paths = [
  '/',
  '/web/login',
  '/web/reset_password',
  '/web/signup',
  '/web/session/logout',
  '/web/database/selector',
  '/set-up',
  '/language',
  '/home',
  '/my',
  '/my/profile',
  '/my/profile/security',
  '/web/new_password/strength',
  '/web/reset_password/strength',
  '/web/signup/strength',
  '/my/messages',
  '/my/todos',
  '/settings',
  '/settings/languages',
  '/settings/languages/add',
  '/page/x',
  '/picture/1/128',
  '/theme/0f766e.css',
  '/_app/version.json',
  '/healthz',
];

const fields = [
  'login',
  'password',
  'db',
  'redirect',
  'timeZone',
  'email',
  'signature',
  'language',
  'current',
  'repeated',
  'token',
  'code',
  'back',
  'id',
  'title',
  'dueOn',
  'notificationType',
  'colour',
  'name',
];

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\0',
    "' or 1=1 --",
    '../../../../etc/passwd',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '{{7*7}}',
    '${7*7}',
    '%00',
    '\ud800',
    '9'.repeat(400),
    '-1',
    '2147483648',
    '0x10',
    'a'.repeat(5_000),
    '<script>alert(1)</script>',
    '\u202e\u0000\u200b',
    'NaN',
    '__proto__',
    'constructor',
  ),
);

const query = fc
  .array(fc.tuple(fc.constantFrom(...fields), nasty), { maxLength: 3 })
  .map((pairs) =>
    pairs.length === 0 ? '' : `?${pairs.map(([k, v]) => `${k}=${encode(v)}`).join('&')}`,
  );

/** Percent-encoding that also takes half surrogates. */
function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...paths), query).map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '/..',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/%',
      '/%zz',
      '/%ff%fe',
      '/%c0%ae%c0%ae/',
      '//evil.example/',
      '/web/login/',
      '/web//login',
      '/my/profile?/nothing',
      '/my/profile?/password',
      '/.env',
      '/.git/config',
      `/${'a'.repeat(6_000)}`,
      '/page/%00',
      '/picture/x/y',
      '/picture/-1/128',
      '/picture/99999999999999999999/128',
      '/theme/zzz.css',
      '/settings/__data.json',
      '/my/__data.json?x-sveltekit-invalidated=zzz',
      '/my/profile/__data.json?x-sveltekit-invalidated=11',
      '*',
    ),
  },
  { weight: 1, arbitrary: nasty.map((text) => `/${encode(text)}`) },
);

const bodies = fc.oneof(
  fc.array(fc.tuple(fc.constantFrom(...fields), nasty), { maxLength: 6 }).map((pairs) => ({
    type: 'application/x-www-form-urlencoded',
    body: Buffer.from(pairs.map(([k, v]) => `${k}=${encode(v)}`).join('&')),
  })),
  fc.record({
    type: fc.constantFrom(
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/json',
      'text/plain',
      'text/xml',
      '',
      'nonsense',
      'application/x-www-form-urlencoded; charset=utf-7',
    ),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(
        Buffer.from('--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nhello'),
        Buffer.from(
          '--x\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n\r\n\x89PNG\r\n--x--\r\n',
        ),
        Buffer.from('{"a":'),
        Buffer.from(`{"password":"${SECRET}","__proto__":{"x":1}}`),
        Buffer.from(`login=a&password=${SECRET}`),
        Buffer.alloc(140_000, 'a'),
        Buffer.from('%'.repeat(500)),
        Buffer.from('&'.repeat(5_000)),
        Buffer.alloc(0),
      ),
    ),
  }),
);

const shot = fc
  .record({
    method: fc.constantFrom(
      'GET',
      'POST',
      'POST',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
    ),
    path,
    sent: bodies,
    signedIn: fc.boolean(),
    origin: fc.constantFrom('ours', 'ours', 'ours', 'theirs', 'null', 'none', 'nonsense'),
    jar: fc.constantFrom(
      '',
      '; huis_session=1.x',
      '; huis_language=%ff',
      '; huis_database=\u00e9',
      '; =; ;;',
      `; huis_session=999999999.${'a'.repeat(43)}`,
    ),
    extra: fc.constantFrom<Record<string, string>[]>(
      {},
      { 'accept-language': 'x'.repeat(3_000) },
      { 'accept-language': ';q=,*;;;q=1.1.1' },
      { host: 'evil.example' },
      { host: 'a b' },
      { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'javascript' },
      { 'x-huis-protocol': 'gopher', 'x-huis-host': 'evil', 'x-huis-address': SECRET },
      { 'sec-fetch-site': 'cross-site' },
      { 'user-agent': '\u00ff'.repeat(500) },
      { range: 'bytes=0-99999999999', 'if-none-match': '"'.repeat(50) },
      { expect: '100-continue' },
      { 'content-encoding': 'gzip' },
    ),
  })
  .map(({ method, path: where, sent, signedIn, origin, jar, extra }): Shot => {
    const bodyless = method === 'GET' || method === 'HEAD' || method === 'TRACE';
    const origins: Record<string, string> = {
      ours: server?.url ?? '',
      theirs: 'https://evil.example',
      null: 'null',
      nonsense: '::',
    };
    return {
      method,
      path: where,
      headers: {
        ...(sent.type && !bodyless ? { 'content-type': sent.type } : {}),
        ...(bodyless ? {} : { 'content-length': String(sent.body.length) }),
        ...(origins[origin] ? { origin: origins[origin] } : {}),
        cookie: `${signedIn ? cookie : 'a=b'}${Buffer.from(jar).toString('latin1')}`,
        authorization: `Bearer ${SECRET}`,
        ...extra,
      },
      body: bodyless ? Buffer.alloc(0) : sent.body,
    };
  });

test(
  'ten thousand malformed requests give no 5xx, and the log keeps their secrets out',
  { timeout: 300_000 },
  async () => {
    const shots = fc.sample(shot, { numRuns: HOW_MANY, seed: 20_261_122 });
    const seen = new Map<number, number>();
    const bad: string[] = [];
    let next = 0;
    const lane = async () => {
      for (let i = next++; i < shots.length; i = next++) {
        const one = shots[i]!;
        const status = await fire(one);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        if (status >= 500)
          bad.push(
            `${status} ${one.method} ${one.path.slice(0, 120)} ${JSON.stringify(one.headers).slice(0, 300)} ${one.body.toString('latin1').slice(0, 120)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    assert.deepEqual(
      bad.slice(0, 10),
      [],
      `${bad.length} answers of 5xx; all: ${JSON.stringify([...seen])}`,
    );
    assert.ok((seen.get(0) ?? 0) < HOW_MANY / 20, `too many cut connections: ${seen.get(0)}`);
    for (const status of [200, 303, 400, 403, 404, 405, 413])
      assert.ok(seen.has(status), `no ${status} among ${JSON.stringify([...seen])}`);
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    const log = server.output();
    assert.ok(!log.includes(SECRET), 'the log holds a secret');
    assert.ok(!log.includes(cookie.split('.')[1]!.slice(0, 20)), 'the log holds a session');
    assert.doesNotMatch(log, /"level":50/, 'the log holds an unexpected failure');
  },
);

/** Bytes on the wire that are no HTTP at all; answers the first line that comes back. */
function raw(bytes: Buffer | string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let got = '';
    socket.on('data', (chunk) => {
      got += String(chunk);
      socket.end();
    });
    socket.on('error', () => resolve(got));
    socket.on('close', () => resolve(got.split('\r\n', 1)[0] ?? ''));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.write(bytes);
  });
}

test('bytes that are not HTTP are refused, and a body without a length too', async () => {
  const lines = await Promise.all(
    [
      'GET / HTTP/1.1\r\n\r\n',
      'GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
      'POST /web/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
      'POST /web/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
      'POST /web/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
      Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]),
      'NONSENSE\r\n\r\n',
      'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n',
    ].map((bytes) => raw(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)),
  );
  for (const line of lines) assert.match(line, /^(HTTP\/1\.1 [234]\d\d .*|)$/);
  const chunked = await raw(
    'POST /web/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  assert.match(chunked, /411/);
});

test('a body that nobody reads does not hold up what comes behind it', async () => {
  const ours = `127.0.0.1:${server.port}`;
  for (const [method, length, answer] of [
    ['PUT', 120_000, 405],
    ['POST', 200_000, 413],
    ['POST', 12_000_000, 413],
  ] as const) {
    const socket = connect(server.port, '127.0.0.1');
    let got = '';
    socket.on('data', (chunk) => (got += String(chunk)));
    socket.write(
      `${method} /web/login HTTP/1.1\r\nHost: ${ours}\r\nOrigin: ${server.url}\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`,
    );
    socket.write(Buffer.alloc(length, 'a'));
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(async () => got.includes('{"status":"pass"}'), 5);
    assert.equal(got.slice(0, 12), `HTTP/1.1 ${answer}`);
    socket.destroy();
  }
});

test('a post from another site is refused whatever it calls itself', async () => {
  const send = (headers: Record<string, string>) =>
    fire({
      method: 'POST',
      path: '/my/profile',
      headers: { cookie, 'content-length': '13', ...headers },
      body: Buffer.from('timeZone=Asia'),
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal(await send({ ...form, origin: 'https://evil.example' }), 403);
  assert.equal(await send({ ...form, origin: 'null' }), 403);
  assert.equal(await send({ ...form, 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await send({ ...form, 'sec-fetch-site': 'same-site', origin: server.url }), 403);
  assert.equal(await send({ 'content-type': 'text/plain', origin: 'https://evil.example' }), 403);
  assert.equal(
    await send({ 'content-type': 'application/json', origin: 'https://evil.example' }),
    403,
  );
});
