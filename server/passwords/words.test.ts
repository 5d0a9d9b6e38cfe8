import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, isMadeOf, partsOf, withoutAccents } from './words.ts';

test('capitals, accents and ligatures make no difference to a folded word', () => {
  for (const [word, folded] of [
    ['Forêt', 'foret'],
    ['Fore\u0302t', 'foret'],
    ['CŒUR', 'coeur'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ｌiège', 'liege'],
    ['Ελλάδα', 'ελλαδα'],
    ['한국', '한국'],
  ] as const)
    assert.equal(fold(word), folded);
});

test('capitals stay when only accents go', () => {
  assert.equal(withoutAccents('Été à LIÈGE, Œuvre'), 'Ete a LIEGE, OEuvre');
});

test('own words come apart into names and parts, longest first', () => {
  assert.deepEqual(partsOf(['Marie-Anne Le Roy', 'm.leroy@velo.coop']), [
    'marie',
    'leroy',
    'anne',
    'velo',
    'coop',
    'roy',
    'le',
  ]);
  assert.deepEqual(partsOf(['BioCoop']), ['biocoop', 'coop', 'bio']);
  assert.deepEqual(partsOf(['', '  ', 'J.']), []);
});

const words = ['Marie Dupont', 'marie.dupont@petit-velo.coop', 'Coopérative du Petit Vélo', 'Jo'];

for (const password of [
  'mariedupont',
  'Marie.Dupont-2024',
  '1984MARIE!!',
  'DupontMarie12/03/84',
  'petit vélo petit velo',
  'M4ri3Dup0nt',
  'marie@petit-velo.coop',
  'dupontjojojojo',
  'cooperative2024!',
  'Marie et Dupont',
])
  test(`${password} is made of own words`, () => assert.equal(isMadeOf(password, words), true));

for (const password of [
  'marie aime le chocolat noir',
  'dupont-7391460285',
  'la mariée était en noir',
  'tournesol',
  '1984-2024',
  '',
])
  test(`${password} is not made of own words`, () =>
    assert.equal(isMadeOf(password, words), false));

test('without own words nothing is made of them', () => {
  assert.equal(isMadeOf('mariedupont', []), false);
  assert.equal(isMadeOf('mariedupont', ['', '.*', '(']), false);
});
