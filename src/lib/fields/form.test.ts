// Refilling a refused form, and knowing whether something in it was changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChanged, typedOr, typedSince, wasName } from './form.ts';

function dataOf(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('a refused form shows what was typed, even when that is nothing', () => {
  assert.equal(typedOr(null, 'email', 'a@example.be'), 'a@example.be');
  assert.equal(typedOr({ typed: { email: '' } }, 'email', 'a@example.be'), '');
  assert.equal(typedOr({ typed: { language: 'fr_BE' } }, 'email', 'a@example.be'), 'a@example.be');
});

test('a form is changed when a field differs from its companion, whatever the line ends', () => {
  const was = wasName('email');
  assert.equal(isChanged(dataOf({ email: 'a', [was]: 'a' })), false);
  assert.equal(isChanged(dataOf({ email: 'b', [was]: 'a' })), true);
  assert.equal(isChanged(dataOf({ email: 'x\r\ny', [was]: 'x\ny' })), false);
  assert.equal(isChanged(dataOf({ proof: 'secret' })), false);
});

test('a field that sends nothing counts as empty', () => {
  assert.equal(isChanged(dataOf({ [wasName('notificationType')]: '' })), false);
  assert.equal(isChanged(dataOf({ [wasName('notificationType')]: 'email' })), true);
});

test('what was typed since is told by name, without companions and what was not sent', () => {
  const sent = dataOf({ email: 'a', [wasName('email')]: 'x', zone: 'z' });
  const now = dataOf({ email: 'b', [wasName('email')]: 'a', zone: 'z', proof: 'secret' });
  assert.deepEqual(typedSince(sent, now), { email: 'b' });
  for (const data of [sent, now]) data.append('tag', 'one');
  now.append('tag', 'two');
  assert.deepEqual(typedSince(sent, now), { email: 'b' });
});
