// Any code from outside must end in a language we ship.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsFor } from './words.ts';

test('each shipped code has words of its own, made once', () => {
  for (const code of ['en_US', 'fr_BE', 'fr_FR', 'nl_BE', 'nl_NL', 'de_DE']) {
    assert.equal(wordsFor(code).locale, code.replace('_', '-'));
    assert.equal(wordsFor(code), wordsFor(code));
  }
});

test('an unknown region gets its language, an unknown language gets English', () => {
  assert.equal(wordsFor('fr_CH'), wordsFor('fr_FR'));
  assert.equal(wordsFor('fr'), wordsFor('fr_FR'));
  assert.equal(wordsFor('fr-be'), wordsFor('fr_BE'));
  for (const code of ['xx_XX', '', '_', '__proto__', 'constructor', 'f'.repeat(100_000)])
    assert.equal(wordsFor(code), wordsFor('en_US'));
});

test('the sentences are those of the language', () => {
  const sentences = ['en_US', 'fr_FR', 'nl_NL', 'de_DE'].map((code) =>
    wordsFor(code).t('refusal.unknown'),
  );
  assert.equal(new Set(sentences).size, 4);
  assert.equal(wordsFor('fr_BE').t('refusal.unknown'), wordsFor('fr_FR').t('refusal.unknown'));
});
