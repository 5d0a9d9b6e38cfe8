// The process that estimates passwords. strength.ts starts it, asks it and lets go of it; the
// memory that the word lists take goes with it.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { buildDictionaries, commonPasswords, keyboards } from './dictionaries.ts';
import { remarksOn } from './remarks.ts';
import type { Question, Strength } from './strength.ts';
import { fold, isMadeOf, partsOf, withoutAccents } from './words.ts';

const PRODUCT = 'Huis';

const zxcvbn = new ZxcvbnFactory({
  dictionary: buildDictionaries(),
  graphs: keyboards,
  // Ten readings of digits as letters find what people do; a hundred take seconds on 100 letters.
  l33tMaxSubstitutions: 10,
  maxLength: 200,
});

// Else a look-up of `constructor` or `__proto__` finds what every object is born with, and takes
// that for a place in the list.
for (const ranks of Object.values(zxcvbn['options'].rankedDictionaries))
  Object.setPrototypeOf(ranks, null);

const listed = new Set(commonPasswords);

// A signal to the whole group must not cut off an answer: this process ends when its parent hangs
// up, which closes the channel, the one thing that keeps it alive.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

process.on('message', (question: Question) => {
  // Whoever asked may be gone by now.
  process.send?.(estimate(question), undefined, undefined, () => undefined);
});

function estimate({ password, words }: Question): Strength {
  const own = [...words, PRODUCT];
  const clues = [...new Set([...own.map(fold), ...partsOf(own)])];
  const found = zxcvbn.check(withoutAccents(password), clues);
  const flaws = { common: isCommon(password), ofOwnWords: isMadeOf(password, own) };
  const score = flaws.common || flaws.ofOwnWords ? 0 : found.score;
  return { score, guessesLog10: found.guessesLog10, ...flaws, ...remarksOn(found, flaws) };
}

/**
 * On the list, capitals aside, or on it once up to four digits and signs at the end are gone:
 * `Azertyuiop12!` is `azertyuiop` to anyone who guesses (ASVS 6.2.4).
 */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  return listed.has(lower) || listed.has(lower.replace(/[\p{N}\p{P}\p{S}]{1,4}$/u, ''));
}
