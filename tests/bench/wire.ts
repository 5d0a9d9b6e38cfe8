// The wire against its bare limit: one's own record over the web client's route and over JSON-2, and
// XML-RPC against JSON-RPC.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { makeKey } from '#server/api-keys/keys.ts';
import { openSecretKey } from '#server/kernel/secrets.ts';
import { openStore } from '#server/store/open.ts';
import { tenantByName } from '#server/store/tenants.ts';
import { freePort, root, until } from '../server.ts';
import { asMember, PASSWORD } from '../world.ts';
import { compare, rate, type Figure } from './measure.ts';

/** What the figures are taken on. */
export interface Ground {
  url: string;
  databaseUrl: string;
  secretFile: string;
  database: string;
  workers: number;
  rounds: number;
  seconds: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const FIELDS = ['login', 'name', 'email'];

/** The administrator of the bench, and a key of theirs. */
async function prepare({ databaseUrl, secretFile, database }: Ground) {
  const store = await openStore({ databaseUrl, dataFolder: '' });
  const tenant = (await tenantByName(store, database))!;
  const { language, timeZone } = tenant;
  const outside = { address: '127.0.0.1', userAgent: 'bench', now: () => new Date() };
  const visitor = { tenant, db: store.tenant(tenant.id), person: null, language, timeZone };
  const member = await asMember({ ...visitor, ...outside }, 'admin');
  const wish = { name: 'bench', scope: 'all', models: [], readOnly: false, addresses: '' };
  const life = { lasts: '1', until: '', proof: PASSWORD };
  const { key } = await makeKey(member, await openSecretKey(secretFile), { ...wish, ...life });
  await store.close();
  return { tenantId: tenant.id, uid: member.person.id, key };
}

async function bareSelect({ databaseUrl, workers }: Ground, tenantId: number) {
  const port = await freePort();
  const script = join(root, 'tests/bench/bare-select.ts');
  const args = [script, databaseUrl, port, workers, tenantId].map(String);
  const server = spawn(process.execPath, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  await until(async () => (await fetch(url)).ok);
  return { url, close: () => server.kill() };
}

/** A call as autocannon repeats it; tried once, for an answer that holds `expected`. */
async function shot(url: string, headers: Record<string, string>, body: string, expected: string) {
  const tried = await fetch(url, { method: 'POST', headers, body });
  const text = await tried.text();
  if (!text.includes(expected)) throw new Error(`${url} answered ${tried.status}: ${text}`);
  return { url, method: 'POST', headers, body } as const;
}

function text(value: string): string {
  return `<param><value><string>${value}</string></value></param>`;
}

function xmlOf(ground: Ground, uid: number, key: string): string {
  const list = (items: string) => `<value><array><data>${items}</data></array></value>`;
  const fields = list(FIELDS.map((name) => `<value><string>${name}</string></value>`).join(''));
  const args = list(list(`<value><int>${uid}</int></value>`) + fields);
  return `<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params>
${text(ground.database)}<param><value><int>${uid}</int></value></param>${text(key)}
${text('res.users')}${text('read')}<param>${args}</param></params></methodCall>`;
}

/** All figures of the wire. */
export async function wireFigures(ground: Ground): Promise<Figure[]> {
  const { url, database, rounds, seconds } = ground;
  const { tenantId, uid, key } = await prepare(ground);
  const envelope = (params: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, params });
  const session = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: envelope({ db: database, login: 'admin', password: PASSWORD }),
  });
  const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!;
  const wish = { model: 'res.users', method: 'read', args: [[uid], FIELDS], kwargs: {} };
  const named = JSON.stringify({ ids: [uid], fields: FIELDS });
  const bearer = { ...JSON_TYPE, authorization: `bearer ${key}`, 'x-odoo-database': database };
  const args = [database, uid, key, 'res.users', 'read', [[uid], FIELDS]];
  const bare = await bareSelect(ground, tenantId);
  const expected = '"login":"admin"';
  const calls = {
    web: await shot(
      `${url}/web/dataset/call_kw`,
      { ...JSON_TYPE, cookie },
      envelope(wish),
      expected,
    ),
    json2: await shot(`${url}/json/2/res.users/read`, bearer, named, expected),
    json: await shot(
      `${url}/jsonrpc`,
      JSON_TYPE,
      envelope({ service: 'object', method: 'execute_kw', args }),
      expected,
    ),
    xml: await shot(
      `${url}/xmlrpc/2/object`,
      { 'content-type': 'text/xml' },
      xmlOf(ground, uid, key),
      '<string>admin</string>',
    ),
    bare: await shot(bare.url, JSON_TYPE, envelope(wish), expected),
  };
  const of = (call: keyof typeof calls) => () => rate(calls[call], 200, seconds);
  const figures = [
    await compare('one’s own record over call_kw', 0.45, rounds, of('web'), of('bare')),
    await compare('one’s own record over JSON-2', 0.45, rounds, of('json2'), of('bare')),
    await compare(
      'the same over XML-RPC, against JSON-RPC',
      1 / 1.5,
      rounds,
      of('xml'),
      of('json'),
    ),
  ];
  bare.close();
  return figures;
}
