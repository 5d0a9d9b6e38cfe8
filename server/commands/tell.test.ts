// The one line on standard error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#server/kernel/refusal.ts';
import { tellRefusal } from './tell.ts';

test('a refusal is told in its sentence, its values filled in', () => {
  const refusal = new Refusal('user_unknown', { values: { login: 'zoé' } });
  assert.equal(tellRefusal(refusal), 'Nobody here has the login zoé.');
});

test('an operator is told the detail too', () => {
  const refusal = new Refusal('server_too_old', { detail: 'PostgreSQL 130000 is older than 15' });
  assert.equal(
    tellRefusal(refusal),
    'The PostgreSQL server is too old: PostgreSQL 130000 is older than 15',
  );
});

test('whatever went wrong, it is one line', () => {
  const refusal = new Refusal('user_unknown', { values: { login: 'a\nb\r\nc' } });
  assert.equal(tellRefusal(refusal), 'Nobody here has the login a b c.');
  assert.equal(tellRefusal(new Error('first\n  second')), 'That did not work: first second');
  const both = new AggregateError([new Error('no ::1'), new Error('no 127.0.0.1')]);
  assert.equal(tellRefusal(both), 'That did not work: no ::1');
});
