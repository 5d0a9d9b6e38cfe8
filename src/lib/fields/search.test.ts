// What people type to find their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matching } from './search.ts';

const choices = [
  { value: 'Europe/Brussels', label: 'Europe/Brussels (UTC+01:00)', words: 'Belgique' },
  { value: 'America/New_York', label: 'America/New York (UTC−05:00)', words: 'États-Unis' },
  { value: 'Africa/Abidjan', label: 'Africa/Abidjan (UTC+00:00)', words: 'Côte d’Ivoire' },
];
const find = (typed: string) => matching(choices, typed).map(({ value }) => value);

test('a place is found by any words of it, in any order, case and accents', () => {
  assert.deepEqual(find('brus'), ['Europe/Brussels']);
  assert.deepEqual(find('brussels europe'), ['Europe/Brussels']);
  assert.deepEqual(find('new_york'), ['America/New_York']);
  assert.deepEqual(find('BELGIQUE'), ['Europe/Brussels']);
  assert.deepEqual(find('etats unis'), ['America/New_York']);
  assert.deepEqual(find('cote'), ['Africa/Abidjan']);
  assert.deepEqual(find('utc+01'), ['Europe/Brussels']);
});

test('nothing typed finds all, nonsense finds none, the middle of a word does not count', () => {
  assert.equal(find('').length, 3);
  assert.equal(find('   ').length, 3);
  assert.deepEqual(find('xyz'), []);
  assert.deepEqual(find('russels'), []);
});
