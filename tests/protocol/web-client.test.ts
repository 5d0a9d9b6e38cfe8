// The web client's routes: a session in a cookie, statuses and envelopes as clients expect them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Caller, Member } from '#server/store/caller.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let caller: Caller;
let administrator: Member;
before(async () => {
  stage = await openStage();
  ({ caller, administrator } = await stage.world.tenant());
});
after(() => stage.close());

interface Envelope {
  jsonrpc: string;
  id: number | null;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data: { name: string; message: string; debug: string } };
}

async function post(path: string, params: unknown = {}, headers: Record<string, string> = {}) {
  const answer = await fetch(stage.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 7, params }),
  });
  const cookie = answer.headers.getSetCookie()[0] ?? '';
  return { status: answer.status, cookie, body: (await answer.json()) as Envelope };
}

async function signedIn(login = 'admin') {
  const db = caller.tenant.name;
  const opened = await post('/web/session/authenticate', { db, login, password: PASSWORD });
  return { ...opened, headers: { cookie: opened.cookie.split(';')[0]! } };
}

test('signing in answers the facts of the session and the cookie that clients look for', async () => {
  const { body, cookie } = await signedIn();
  const info = body.result!;
  assert.equal(body.id, 7);
  assert.equal(info.uid, administrator.person.id);
  assert.equal(info.username, 'admin');
  assert.equal(info.db, caller.tenant.name);
  assert.equal(info.server_version, '18.0');
  assert.deepEqual(Object.keys(info.user_context as object), ['lang', 'tz', 'uid']);
  assert.equal(info.is_system, true);
  assert.ok((info.user_companies as { current_company: number }).current_company);
  assert.match(cookie, /^session_id=\d+\.[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('the session lives until it is destroyed', async () => {
  const { headers } = await signedIn();
  const info = await post('/web/session/get_session_info', {}, headers);
  assert.equal(info.body.result!.uid, administrator.person.id);
  const checked = await post('/web/session/check', {}, headers);
  assert.deepEqual(checked.body, { jsonrpc: '2.0', id: 7 });
  assert.deepEqual((await post('/web/session/modules', {}, headers)).body.result, ['base', 'web']);
  const gone = await post('/web/session/destroy', {}, headers);
  assert.deepEqual(gone.body, { jsonrpc: '2.0', id: 7 });
  assert.match(gone.cookie, /^session_id=; Max-Age=0/);
  const after = await post('/web/session/check', {}, headers);
  assert.equal(after.status, 200);
  assert.equal(after.body.id, null);
  assert.equal(after.body.error!.code, 100);
  assert.equal(after.body.error!.message, 'Odoo Session Expired');
  assert.equal(after.body.error!.data.name, 'odoo.http.SessionExpiredException');
});

test('a wrong password is access denied, in an envelope and without a cookie', async () => {
  const { body, cookie, status } = await post('/web/session/authenticate', {
    db: caller.tenant.name,
    login: 'admin',
    password: 'wrong',
  });
  assert.equal(status, 200);
  assert.equal(cookie, '');
  assert.equal(body.id, 7);
  assert.equal(body.error!.code, 200);
  assert.equal(body.error!.message, 'Odoo Server Error');
  assert.equal(body.error!.data.name, 'odoo.exceptions.AccessDenied');
  assert.match(body.error!.data.debug, /^Traceback/);
});

test('calls go to models as the person of the session', async () => {
  const { headers } = await signedIn();
  const { id } = administrator.person;
  const wish = { model: 'res.users', method: 'read', args: [[id], ['login']], kwargs: {} };
  for (const path of ['/web/dataset/call_kw', '/web/dataset/call_kw/what/ever']) {
    const { body } = await post(path, wish, headers);
    assert.deepEqual(body.result, [{ id, login: 'admin' }]);
  }
  const button = await post('/web/dataset/call_button', wish, headers);
  assert.equal(button.body.result, false);
  const unknown = await post('/web/dataset/call_kw', { ...wish, model: 'no.such' }, headers);
  assert.equal(unknown.body.error!.code, 404);
  assert.equal(unknown.body.id, null);
  const outside = await post('/web/dataset/call_kw', wish);
  assert.equal(outside.body.error!.code, 100);
});

test('what needs no session is answered without', async () => {
  assert.equal((await post('/web/webclient/version_info')).body.result!.server_serie, '18.0');
  const listed = (await post('/web/database/list')).body.result as unknown as string[];
  assert.ok(listed.includes(caller.tenant.name));
  const health = await fetch(`${stage.url}/web/health`);
  assert.deepEqual(await health.json(), { status: 'pass' });
  assert.equal(health.headers.get('x-content-type-options'), 'nosniff');
  const version = await fetch(`${stage.url}/web/version`);
  assert.equal(((await version.json()) as { version: string }).version, '18.0');
});

test('what is no JSON call is refused before anybody is asked', async () => {
  const send = (body: string, type = 'application/json', headers = {}) =>
    fetch(`${stage.url}/web/session/check`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body,
    });
  const text = async (sent: Promise<Response>) => {
    const answer = await sent;
    return `${answer.status} ${await answer.text()}`;
  };
  assert.equal(await text(send('{')), '400 Invalid JSON data');
  assert.equal(await text(send('')), '400 Invalid JSON data');
  assert.equal(await text(send('[]')), '400 Invalid JSON-RPC data');
  assert.equal(await text(send('{"params":[]}')), '400 Invalid JSON-RPC data');
  assert.equal(await text(send(`{"params":{"a":${'['.repeat(10_000)}`)), '400 Invalid JSON data');
  assert.equal((await send('a=b', 'application/x-www-form-urlencoded')).status, 400);
  assert.equal((await send('{}', 'text/plain')).status, 400);
  assert.equal(
    (await send('{}', 'application/json', { origin: 'https://evil.example' })).status,
    403,
  );
  assert.equal((await send('{}', 'application/json', { origin: stage.url })).status, 200);
  assert.equal((await send(`"${'x'.repeat(17 * 1024 * 1024)}"`)).status, 413);
});

test('JSON-2 wants a key', async () => {
  const ask = (headers: Record<string, string>) =>
    fetch(`${stage.url}/json/2/res.users/context_get`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  const nobody = await ask({ authorization: 'bearer none', 'x-odoo-database': caller.tenant.name });
  assert.equal(nobody.status, 401);
  const told = (await nobody.json()) as { name: string; arguments: unknown[] };
  assert.equal(told.name, 'werkzeug.exceptions.Unauthorized');
  assert.deepEqual(told.arguments, ['Invalid apikey', 401]);
  assert.equal((await ask({ 'x-odoo-database': caller.tenant.name })).status, 401);
  assert.equal(
    (await ask({ authorization: 'bearer none', 'x-odoo-database': 'nope' })).status,
    404,
  );
});

test('the old endpoints tell faults as texts, and nobody reads with GET', async () => {
  const xml = await fetch(`${stage.url}/xmlrpc/object`, {
    method: 'POST',
    body: `<methodCall><methodName>execute</methodName><params>${[
      caller.tenant.name,
      'x',
      'y',
      'z',
      'w',
    ]
      .map((text) => `<param><value>${text}</value></param>`)
      .join('')}</params></methodCall>`,
  });
  assert.equal(xml.status, 200);
  assert.equal(xml.headers.get('content-type'), 'text/xml; charset=utf-8');
  assert.match(await xml.text(), /<name>faultCode<\/name>\n<value><string>AccessDenied<\/string>/);
  assert.equal((await fetch(`${stage.url}/xmlrpc/2/common`)).status, 405);
});
