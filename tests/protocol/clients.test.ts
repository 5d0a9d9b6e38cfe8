// Clients written for Odoo, unchanged, at their ordinary work: log in, version, search, read, create,
// write, unlink, call a method, read an error.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import OdooJson from '@fernandoslim/odoo-jsonrpc';
import OdooAwait from 'odoo-await';
import Odoo from 'odoo-xmlrpc';
import { OdooClient } from 'odoo-xmlrpc-ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

// A CommonJS module: Node hands over all of its exports, types know the default alone.
const { default: Json } = OdooJson as unknown as { default: typeof OdooJson };

let stage: Stage;
let db: string;
let uid: number;
before(async () => {
  stage = await openStage();
  const { administrator } = await stage.world.tenant();
  db = administrator.tenant.name;
  uid = administrator.person.id;
});
after(() => stage.close());

const GONE = /Record does not exist or has been deleted/;

/** The first Python here that has the module. */
function pythonWith(module: string): string | null {
  for (const python of ['python3', '/usr/bin/python3'])
    try {
      execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
      return python;
    } catch {
      // Not this one.
    }
  return null;
}

for (const [name, module] of [
  ['standard', 'xmlrpc.client'],
  ['odoorpc', 'odoorpc'],
] as const) {
  const python = pythonWith(module);
  const skip = python === null && `no Python with ${module} here`;
  test(`Python's ${module}`, { skip }, async () => {
    const script = fileURLToPath(new URL('client.py', import.meta.url));
    const args = [script, name, '127.0.0.1', String(stage.port), db, 'admin', PASSWORD];
    const child = spawn(python!, args);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0, output);
  });
}

test('odoo-xmlrpc', async () => {
  const config = { url: stage.url, db, username: 'admin', password: PASSWORD };
  const odoo = new Odoo(config);
  const connect = promisify(odoo.connect.bind(odoo));
  const call = promisify(odoo.execute_kw.bind(odoo));
  assert.equal(await connect(), uid);
  const id = await call('res.partner', 'create', [[{ name: 'Poterie' }]]);
  assert.deepEqual(await call('res.partner', 'search', [[[['id', '=', id]]]]), [id]);
  assert.equal(await call('res.partner', 'write', [[[id], { name: 'Grande Poterie' }]]), true);
  const read = await call('res.partner', 'read', [[[id]], { fields: ['name', 'parent_id'] }]);
  assert.deepEqual(read, [{ id, name: 'Grande Poterie', parent_id: false }]);
  const fields = (await call('res.partner', 'fields_get', [
    [],
    { attributes: ['type'] },
  ])) as object;
  assert.ok('name' in fields);
  assert.equal(await call('res.partner', 'unlink', [[[id]]]), true);
  await assert.rejects(call('res.partner', 'write', [[[id], { name: 'x' }]]), { message: GONE });
  const stranger = new Odoo({ ...config, password: 'wrong' });
  await assert.rejects(promisify(stranger.connect.bind(stranger))(), { message: /No UID/ });
});

test('odoo-await', async () => {
  const odoo = new OdooAwait({
    baseUrl: 'http://127.0.0.1',
    port: stage.port,
    db,
    username: 'admin',
    password: PASSWORD,
  });
  assert.equal(await odoo.connect(), uid);
  const id = await odoo.create('res.partner', { name: 'Poterie', email: 'pot@example.be' });
  assert.deepEqual(await odoo.search('res.partner', { email: 'pot@example.be' }), [id]);
  assert.equal(await odoo.update('res.partner', id, { name: 'Grande Poterie' }), true);
  const [read] = await odoo.read('res.partner', [id], ['name', 'email']);
  assert.deepEqual(read, { id, name: 'Grande Poterie', email: 'pot@example.be' });
  const found = await odoo.searchRead('res.partner', [['name', 'ilike', 'grande pot']], ['name']);
  assert.deepEqual(found, [{ id, name: 'Grande Poterie' }]);
  assert.ok('name' in (await odoo.getFields('res.partner', ['string'])));
  assert.equal(await odoo.delete('res.partner', [id]), true);
  await assert.rejects(odoo.update('res.partner', id, { name: 'x' }), { message: GONE });
});

test('odoo-xmlrpc-ts', async () => {
  const odoo = new OdooClient({ url: stage.url, db, username: 'admin', password: PASSWORD });
  assert.equal((await odoo.version()).server_version, '18.0');
  assert.equal(await odoo.authenticate(), uid);
  const id = await odoo.create('res.partner', { name: 'Poterie' });
  assert.deepEqual(await odoo.search('res.partner', [['id', '=', id]], { limit: 3 }), [id]);
  assert.equal(await odoo.searchCount('res.partner', [['id', '=', id]]), 1);
  assert.equal(await odoo.write('res.partner', [id], { name: 'Grande Poterie' }), true);
  assert.deepEqual(await odoo.read('res.partner', [id], ['name']), [
    { id, name: 'Grande Poterie' },
  ]);
  const wish = { fields: ['name'], limit: 1 };
  assert.equal((await odoo.searchRead('res.partner', [['id', '=', id]], wish)).length, 1);
  assert.ok('name' in (await odoo.fieldsGet('res.partner')));
  assert.equal(await odoo.unlink('res.partner', [id]), true);
  await assert.rejects(odoo.write('res.partner', [id], { name: 'x' }), { message: GONE });
  await assert.rejects(odoo.execute('res.partner', 'nope'), { message: /AttributeError/ });
});

test('@fernandoslim/odoo-jsonrpc', async () => {
  const where = { baseUrl: 'http://127.0.0.1', port: stage.port, db };
  const odoo = new Json({ ...where, username: 'admin', password: PASSWORD });
  await odoo.connect();
  assert.equal(odoo.uId, uid);
  const id = await odoo.create('res.partner', { name: 'Poterie' });
  assert.deepEqual(await odoo.search('res.partner', [['id', '=', id]]), [id]);
  assert.equal(await odoo.update('res.partner', id, { name: 'Grande Poterie' }), true);
  assert.deepEqual(await odoo.read('res.partner', [id], ['name']), [
    { id, name: 'Grande Poterie' },
  ]);
  const found = await odoo.searchRead('res.partner', [['id', '=', id]], ['name'], { limit: 1 });
  assert.equal(found.length, 1);
  assert.ok('name' in (await odoo.call_kw('res.partner', 'fields_get', [])));
  const again = new Json({ ...where, sessionId: odoo.sessionId! });
  await again.connect();
  assert.equal(again.uId, uid);
  assert.equal(await odoo.delete('res.partner', id), true);
  await assert.rejects(odoo.update('res.partner', id, { name: 'x' }), { message: GONE });
  await odoo.disconnect();
  assert.deepEqual(stage.logged, []);
});
