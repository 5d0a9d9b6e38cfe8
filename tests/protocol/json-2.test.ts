// JSON-2 with a key: bare results, named arguments, statuses that mean something.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Member } from '#server/store/caller.ts';
import { keyOf, openStage, type Stage } from './stage.ts';

let stage: Stage;
let administrator: Member;
let key: string;
before(async () => {
  stage = await openStage();
  ({ administrator } = await stage.world.tenant());
  key = await keyOf(stage, administrator);
});
after(() => stage.close());

interface Refused {
  name: string;
  message: string;
  arguments: unknown[];
  context: object;
  debug: string;
}

async function ask<T = Refused>(path: string, body: unknown, bearer = key) {
  const answer = await fetch(`${stage.url}/json/2/${path}`, {
    method: 'POST',
    headers: {
      authorization: `bearer ${bearer}`,
      'content-type': 'application/json',
      'x-odoo-database': administrator.tenant.name,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

test('the ordinary work answers bare results', async () => {
  const made = await ask<number[] | number>('res.partner/create', {
    vals_list: { name: 'Poterie' },
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const id = Number(made.body);
  const domain = [['id', '=', id]];
  assert.deepEqual((await ask('res.partner/search', { domain })).body, [id]);
  const written = await ask('res.partner/write', { ids: [id], vals: { name: 'Grande Poterie' } });
  assert.equal(written.body, true);
  const read = await ask('res.partner/read', {
    ids: [id],
    fields: ['name'],
    context: { lang: 'fr_BE' },
  });
  assert.deepEqual(read.body, [{ id, name: 'Grande Poterie' }]);
  assert.equal((await ask('res.partner/unlink', { ids: [id] })).body, true);
  const gone = await ask('res.partner/write', { ids: [id], vals: { name: 'x' } });
  assert.equal(gone.status, 404);
  assert.equal(gone.body.name, 'odoo.exceptions.MissingError');
  assert.deepEqual(gone.body.arguments, [gone.body.message]);
});

test('refusals have their own statuses', async () => {
  const status = async (path: string, body: unknown) => (await ask(path, body)).status;
  assert.equal(await status('no.such/read', {}), 404);
  assert.equal(await status('res.partner/nope', {}), 404);
  assert.equal(await status('res.partner/_search', {}), 403);
  assert.equal(await status('res.partner/search', { ids: [1] }), 422);
  assert.equal(await status('res.partner/search', { strange: 1 }), 422);
  assert.equal(await status('res.partner/search', { domain: 'x' }), 422);
  assert.equal(await status('res.partner/read', { ids: [1], fields: ['nofield'] }), 422);
  assert.equal(await status('res.partner/search', '{'), 400);
  assert.equal(await status('res.partner/search', '[]'), 400);
  assert.equal((await ask('res.partner/search', {}, key.replace(/.$/, '~'))).status, 401);
});

test('what there is to use is told to a bearer', async () => {
  const read = async (file: string) => {
    const headers = {
      authorization: `bearer ${key}`,
      'x-odoo-database': administrator.tenant.name,
    };
    const answer = await fetch(`${stage.url}/doc-bearer/${file}`, { headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const { models } = (await read('index.json')).body as { models: { name: string }[] };
  assert.ok(models.some(({ name }) => name === 'res.partner'));
  const { fields, methods } = (await read('res.partner.json')).body;
  assert.ok('name' in (fields as object));
  assert.ok((methods as { name: string }[]).some(({ name }) => name === 'search_read'));
  assert.equal((await read('no.such.json')).status, 404);
});

test('a key stands in for the password, for its owner alone', async () => {
  const call = async (args: unknown[]) => {
    const answer = await fetch(`${stage.url}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ params: { service: 'object', method: 'execute_kw', args } }),
    });
    return (await answer.json()) as { result?: unknown; error?: { data: { message: string } } };
  };
  const db = administrator.tenant.name;
  const { id } = administrator.person;
  const wish = ['res.users', 'search_count', [[['id', '=', id]]]];
  assert.equal((await call([db, id, key, ...wish])).result, 1);
  assert.equal((await call([db, id + 1, key, ...wish])).error?.data.message, 'Access Denied');
  await administrator.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', administrator.tenant.id)
    .where('id', '=', id)
    .execute();
  assert.equal((await call([db, id, key, ...wish])).error?.data.message, 'Access Denied');
  assert.equal((await ask('res.partner/search', {})).status, 401);
});
