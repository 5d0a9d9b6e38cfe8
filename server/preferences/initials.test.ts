// Initials of the names that members of a Belgian co-operative really have, and of odd ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initials, initialsColour } from './initials.ts';

const expected: Record<string, string> = {
  'Jean-Pierre Van den Berghe': 'JB',
  Marie: 'M',
  'élodie   Dubois-Peeters': 'ÉD',
  '  Anne\tClaes\n': 'AC',
  "Bram d'Hondt": 'BD',
  '"Jo" (2) Maes': 'JM',
  'Marie Dupont (2)': 'MD',
  'Ilse 3': 'I',
  'Ülkü Çelik': 'ÜÇ',
  'Ольга Иванова': 'ОИ',
  王小明: '王',
  'محمد علي': 'مع',
  'हिमा राव': 'हिरा',
  'ßen ǆon': 'SǄ',
  '𝒥an 𐐨x': '𝒥𐐀',
  'E\u0301lie Petit': 'ÉP',
  '🌻': '?',
  '🌻 Fleur': 'F',
  '12 34': '?',
  '': '?',
  '<b>': 'B',
};

for (const [name, letters] of Object.entries(expected))
  test(`the initials of ${JSON.stringify(name)} are ${letters}`, () => {
    assert.equal(initials(name), letters);
  });

test('a letter under a heap of marks stays short, and a hostile name costs nothing', () => {
  assert.equal(initials(`Z${'\u0335'.repeat(1000)}algo`), 'Z\u0335\u0335');
  const started = performance.now();
  initials('a '.repeat(5_000_000));
  initialsColour('a'.repeat(10_000_000));
  assert.ok(performance.now() - started < 5_000);
});

test('a name keeps its colour, whatever its case, outer space and way of writing accents', () => {
  const colour = initialsColour('Élodie Dubois');
  assert.equal(initialsColour('  élodie dubois '), colour);
  assert.equal(initialsColour('E\u0301lodie Dubois'), colour);
  assert.equal(colour, 1, 'a change of the hash would recolour everybody');
});

test('colours are 0 to 7 and each is used about as often as the others', () => {
  const count = new Array<number>(8).fill(0);
  const firstNames = [
    'Anne',
    'Bram',
    'Chloé',
    'Dirk',
    'Els',
    'Farid',
    'Greta',
    'Hugo',
    'Inès',
    'Jan',
  ];
  const lastNames = ['Peeters', 'Dubois', 'Maes', 'Lambert', 'Claes', 'Simon', 'Wouters', 'Müller'];
  for (const first of firstNames)
    for (const last of lastNames) count[initialsColour(`${first} ${last}`)]! += 1;
  assert.equal(
    count.reduce((sum, n) => sum + n),
    80,
  );
  assert.ok(Math.min(...count) >= 4 && Math.max(...count) <= 18, count.join());
});
