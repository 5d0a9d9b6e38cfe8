// Mutated requests on every endpoint: answered or refused, never a 5xx, a crash, a hang or a growing
// memory. HUIS_FUZZ says how many; what CI runs is a part of the hundred thousand of the full form.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { PASSWORD } from '../world.ts';
import { keyOf, openStage, type Stage } from './stage.ts';

const HOW_MANY = Number(process.env.HUIS_FUZZ ?? 4_000);
const LANES = 24;
/** One in so many goes over a socket; the others straight into the listener. */
const SOCKET_EVERY = 10;

let stage: Stage;
let db: string;
let uid: number;
let cookie: string;
let key: string;
before(async () => {
  stage = await openStage();
  const { administrator } = await stage.world.tenant();
  db = administrator.tenant.name;
  uid = administrator.person.id;
  key = await keyOf(stage, administrator);
  const opened = await fetch(`${stage.url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ params: { db, login: 'admin', password: PASSWORD } }),
  });
  cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!;
});
after(() => stage.close());

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<unknown>(
    null,
    '',
    '\0',
    "' or 1=1 --",
    '%',
    '_',
    '\\',
    '__proto__',
    'constructor',
    'toString',
    '\ud800',
    '9'.repeat(400),
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    1e308,
    -0,
    [],
    {},
    [[]],
    [null],
    [[[[[[]]]]]],
    ['&'],
    ['!', '!'],
    [['id', '=', '1']],
    [['name', 'ilike', '\0']],
    [['parent_id', 'child_of', [1, 'x', null]]],
    [['parent_id.parent_id.name', '=', 1]],
    [['id', 'in', { a: 1 }]],
    { lang: 'xx_XX', tz: 'Nowhere/None', allowed_company_ids: ['x'] },
    { __proto__: null, toString: 1 },
    [{ __proto__: null, toString: 1, valueOf: 1 }],
    'a'.repeat(3_000),
    '2026-13-45 99:99:99',
    'id desc, name nulls last; drop table users',
  ),
);

const methods = [
  'search',
  'search_count',
  'search_read',
  'read',
  'name_search',
  'name_create',
  'fields_get',
  'create',
  'write',
  'unlink',
  'copy',
  'exists',
  'default_get',
  'read_group',
  'check_access_rights',
  'has_access',
  'export_data',
  'context_get',
  '_search',
  'nope',
  'constructor',
];
const models = ['res.partner', 'res.partner.category', 'res.country', 'res.lang', 'no.such'];
/** Read, never changed: the one who speaks must stay who they are. */
const readOnly = ['res.users', 'res.groups', 'ir.model', 'ir.rule'];
const reading = methods.filter((name) => !/create|write|unlink|copy/.test(name));

const target = fc.oneof(
  fc.tuple(fc.constantFrom(...models), fc.constantFrom(...methods)),
  fc.tuple(fc.constantFrom(...readOnly), fc.constantFrom(...reading)),
);
const names = [
  'domain',
  'fields',
  'limit',
  'offset',
  'order',
  'groupby',
  'vals',
  'ids',
  'context',
  'name',
  'load',
];
const good = fc.constantFrom<unknown>(
  [],
  [1],
  1,
  [['name', 'ilike', 'a']],
  ['|', ['id', '>', 1], ['name', '!=', false]],
  ['name'],
  ['country_id'],
  { name: 'Fuzz' },
  { name: 'Fuzz', child_ids: [[0, 0, { name: 'x' }]] },
  'name',
  5,
);
const value = fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: nasty });
const args = fc.array(value, { maxLength: 4 });
const kwargs = fc.dictionary(
  fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 5 })),
  value,
  {
    maxKeys: 3,
  },
);

interface Shot {
  method: 'POST' | 'GET';
  path: string;
  headers: Record<string, string>;
  body: string;
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function xml(value: unknown): string {
  if (value === null || value === undefined) return '<value><nil/></value>';
  if (typeof value === 'boolean') return `<value><boolean>${Number(value)}</boolean></value>`;
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? `<value><int>${value}</int></value>`
      : `<value><double>${value}</double></value>`;
  if (typeof value === 'string') return `<value>${escape(value)}</value>`;
  if (Array.isArray(value))
    return `<value><array><data>${value.map(xml).join('')}</data></array></value>`;
  const members = Object.entries(value).map(
    ([name, member]) => `<member><name>${escape(name)}</name>${xml(member)}</member>`,
  );
  return `<value><struct>${members.join('')}</struct></value>`;
}

const json = { 'content-type': 'application/json' };
const xmlCall = (method: string, params: unknown[]) =>
  `<?xml version="1.0"?><methodCall><methodName>${escape(method)}</methodName><params>${params
    .map((one) => `<param>${xml(one)}</param>`)
    .join('')}</params></methodCall>`;

function overXml(service: string, method: string, params: unknown[], version = '/2'): Shot {
  const path = `/xmlrpc${version}/${service}`;
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'text/xml' },
    body: xmlCall(method, params),
  };
}

function overJson(path: string, params: unknown, headers: Record<string, string> = {}): Shot {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params });
  return { method: 'POST', path, headers: { ...json, ...headers }, body };
}

const operation = fc
  .record({ target, args, kwargs })
  .chain(({ target: [model, method], args, kwargs }) => {
    const params = [db, uid, PASSWORD, model, method, args, kwargs];
    return fc.constantFrom(
      overXml('object', 'execute_kw', params),
      overXml('object', 'execute', [...params.slice(0, 5), ...args], ''),
      overJson('/jsonrpc', { service: 'object', method: 'execute_kw', args: params }),
      overJson('/web/dataset/call_kw', { model, method, args, kwargs }, { cookie }),
      overJson('/web/dataset/call_button', { model, method, args, kwargs }, { cookie }),
      {
        method: 'POST' as const,
        path: `/json/2/${model}/${method}`,
        headers: { ...json, authorization: `bearer ${key}`, 'x-odoo-database': db },
        body: JSON.stringify(kwargs),
      },
    );
  });

const service = fc
  .record({
    service: fc.constantFrom('common', 'db', 'object', 'report', '%00', 'x'.repeat(300)),
    // No logins here: each would be a hash.
    method: fc.constantFrom(
      'version',
      'about',
      'list',
      'db_exist',
      'drop',
      'execute',
      'execute_kw',
      '',
    ),
    args: fc.array(nasty, { maxLength: 7 }),
  })
  .chain(({ service, method, args }) =>
    fc.constantFrom(
      overXml(service, method, args),
      overXml(service, method, args, ''),
      overJson('/jsonrpc', { service, method, args }),
      overJson('/jsonrpc', { service: args[0], method: args[1], args: args[2] }),
    ),
  );

const web = fc
  .record({
    path: fc.constantFrom(
      '/web/session/authenticate',
      '/web/session/get_session_info',
      '/web/session/check',
      '/web/session/modules',
      '/web/session/get_lang_list',
      '/web/dataset/call_kw',
      '/web/dataset/call_kw/x/y',
      '/web/dataset/call_button',
      '/web/webclient/version_info',
      '/web/database/list',
      '/json/2/res.partner/%00',
      '/json/2/%ff/read',
    ),
    params: fc.oneof(
      nasty,
      fc.dictionary(
        fc.constantFrom('db', 'login', 'password', 'model', 'method', 'args', 'kwargs'),
        nasty,
      ),
    ),
    cookie: fc.constantFrom(
      '',
      'session_id=',
      'session_id=1.x',
      `session_id=999999999.${'x'.repeat(43)}`,
    ),
    bearer: fc.constantFrom(
      'bearer',
      'bearer x',
      'basic x',
      'bearer \t',
      `bearer ${'0'.repeat(40)}`,
    ),
  })
  .map(({ path, params, cookie, bearer }) =>
    overJson(path, params, { cookie, authorization: bearer }),
  );

/** Bytes changed, dropped, doubled or cut. */
const broken = fc
  .record({
    shot: fc.oneof(operation, service, web),
    cuts: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        text: fc.constantFrom(
          '',
          '<',
          '>',
          '&',
          '"',
          '\\',
          '{',
          '[',
          ']',
          '\0',
          '<!DOCTYPE x [',
          '<![CDATA[',
          '&#0;',
          '\ud83d',
        ),
        length: fc.nat(8),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    type: fc.option(
      fc.constantFrom('text/plain', '', 'application/json; charset=utf-7', 'multipart/form-data'),
    ),
  })
  .map(({ shot, cuts, type }) => {
    let { body } = shot;
    for (const { at, text, length } of cuts) {
      const start = Math.floor(at * body.length);
      body = body.slice(0, start) + text + body.slice(start + length);
    }
    const headers = type === null ? shot.headers : { ...shot.headers, 'content-type': type };
    return { ...shot, headers, body };
  });

const shots = fc.oneof(
  { weight: 5, arbitrary: operation },
  { weight: 2, arbitrary: service },
  { weight: 1, arbitrary: web },
  { weight: 3, arbitrary: broken },
);

async function fire({ method, path, headers, body }: Shot, overSocket: boolean): Promise<number> {
  if (!overSocket) {
    const answer = await stage.fastify.inject({ method, url: path, headers, payload: body });
    return answer.statusCode;
  }
  const signal = AbortSignal.timeout(30_000);
  const answer = await fetch(stage.url + path, { method, headers, body, signal });
  await answer.arrayBuffer();
  return answer.status;
}

test(`${HOW_MANY} mutated requests give no 5xx and leave the server whole`, async () => {
  const statuses = new Map<number, number>();
  const offences: string[] = [];
  let sent = 0;
  let middle = 0;
  const lane = async () => {
    while (sent < HOW_MANY) {
      for (const shot of fc.sample(shots, 50)) {
        sent += 1;
        const status = await fire(shot, sent % SOCKET_EVERY === 0);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) offences.push(`${status} ${shot.path} ${shot.body.slice(0, 400)}`);
      }
      if (middle === 0 && sent > HOW_MANY / 2) {
        globalThis.gc?.();
        middle = process.memoryUsage().rss;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  globalThis.gc?.();
  const grown = process.memoryUsage().rss - middle;
  const unexpected = stage.logged.filter((line) => line.includes('"unexpected"'));
  assert.deepEqual(offences.slice(0, 10), []);
  assert.deepEqual(unexpected.slice(0, 10), []);
  assert.ok(grown < 150 * 1024 * 1024, `grew by ${grown} bytes`);
  assert.ok((statuses.get(200) ?? 0) > HOW_MANY / 4, 'a good part was understood');
  const version = await fetch(`${stage.url}/web/version`);
  assert.equal(version.status, 200);
});

test('an object that is no text and no number is refused wherever one is expected', async () => {
  const odd = JSON.parse('{"toString": 1, "valueOf": 1}') as unknown;
  const call = (model: string, method: string, ...args: unknown[]) =>
    overJson('/web/dataset/call_kw', { model, method, args, kwargs: {} }, { cookie });
  const shots = [
    overJson('/jsonrpc', { service: 'db', method: 'db_exist', args: [odd] }),
    call('res.users', 'read', [uid], [odd]),
    call('res.users', 'search', [['name', '=', odd]]),
    call('res.partner', 'search', [['partner_latitude', '=', odd]]),
    call('res.partner', 'write', [uid], { partner_latitude: odd }),
    call('ir.model.data', 'check_object_reference', odd, odd),
    call('ir.mail_server', 'create', { name: 'x', smtp_host: 'mail.example', smtp_port: odd }),
    call('ir.mail_server', 'create', { name: 'x', smtp_host: 'mail.example', rate: odd }),
    call('ir.mail_server', 'create', { name: 'x', smtp_host: odd }),
    call('res.partner', 'search', [], 0, odd, odd),
    call('res.partner', 'read_group', [], [odd], [odd]),
    call('res.partner', 'name_search', odd, [], odd, odd),
    call('res.partner', 'export_data', [1], [odd]),
    call('res.partner', 'search_read', [['create_date', '>', odd]]),
    call('res.users', 'create', { name: 'x', login: odd, lang: odd }),
    call('ir.config_parameter', 'get_param', odd),
    call('ir.config_parameter', 'set_param', 'web.base.url', odd),
  ];
  const before = stage.logged.length;
  for (const shot of shots) {
    const status = await fire(shot, false);
    assert.ok(status < 500, `${status} for ${shot.body}`);
  }
  const unexpected = stage.logged.slice(before).filter((line) => line.includes('"unexpected"'));
  assert.deepEqual(unexpected, []);
});
