// The example is what people paste first: it must be a call as the server takes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curl, signature } from './examples.ts';

test('a signature shows what may be left out', () => {
  const params = [
    { name: 'vals', required: true },
    { name: 'load', required: false },
  ];
  assert.equal(
    signature({ name: 'write', ids: true, params, reads: false }),
    'write(ids, vals, [load])',
  );
  assert.equal(
    signature({ name: 'context_get', ids: false, params: [], reads: true }),
    'context_get()',
  );
});

test('the command names address, key and database', () => {
  const command = curl('https://huis.example', 'potten', 'res.partner');
  assert.match(command, /^curl https:\/\/huis\.example\/json\/2\/res\.partner\/search_read \\\n/);
  assert.match(command, /X-Odoo-Database: potten/);
  assert.deepEqual(JSON.parse(/-d '(.*)'$/.exec(command)![1]!), {
    domain: [],
    fields: ['display_name'],
    limit: 5,
  });
});
