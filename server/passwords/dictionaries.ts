// The word lists behind the strength estimate. They take some 100 MB of memory: nothing but
// estimator.ts, which is a process of its own, may import this file.
import * as common from '@zxcvbn-ts/language-common';
import * as german from '@zxcvbn-ts/language-de';
import * as english from '@zxcvbn-ts/language-en';
import * as french from '@zxcvbn-ts/language-fr';
import * as dutch from '@zxcvbn-ts/language-nl-be';
import { fold } from './words.ts';

const en = english.dictionary;
const fr = french.dictionary;
const nl = dutch.dictionary;
const de = german.dictionary;

/** Passwords found in leaks, the commonest first. */
export const commonPasswords = common.dictionary['passwords-common'];

/** Which keys are neighbours, on QWERTY and AZERTY among others. */
export const keyboards = common.adjacencyGraphs;

/**
 * All lists as zxcvbn wants them: words without capitals and accents, the commonest first. Few
 * long lists rather than many short ones, for it looks every part of a password up in each. It
 * picks its remarks and two special counts by the names of the lists: these are names it knows.
 */
export function buildDictionaries(): Record<string, string[]> {
  return {
    passwords: interleave([commonPasswords]),
    'wikipedia-en': interleave([en['commonWords-en'], en['wikipedia-en']]),
    'wikipedia-fr': interleave([fr['commonWords-fr'], fr['wikipedia-fr']]),
    'wikipedia-nl': interleave([nl.commonWords, nl.wikipedia]),
    'wikipedia-de': interleave([de.commonWords, de.wikipedia]),
    names: interleave([
      en['firstnames-en'],
      fr['firstnames-fr'],
      nl.boysFirstnames,
      nl.girlsFirstnames,
      de.firstnames,
      en['lastnames-en'],
      fr['lastnames-fr'],
      nl.lastnames,
      de.lastnames,
    ]),
    // Counted as drawn with dice, whatever the place in the list.
    diceware: common.dictionary['diceware-common'],
    // Counted as next to nothing when one follows the other.
    'daysOfWeek-all': sequences().map(fold),
  };
}

/** What people recite: days, months and numbers in the four languages. */
function sequences(): string[] {
  const calendar = ['en', 'fr', 'nl', 'de'].flatMap((language) => [
    ...names(language, { weekday: 'long' }, 7),
    ...names(language, { month: 'long' }, 12),
  ]);
  const dutchNumbers = ['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'];
  const germanNumbers = ['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
  return [
    ...calendar,
    ...en['cardinalNumbers-en'],
    ...fr['cardinalNumbers-fr'],
    ...dutchNumbers,
    ...germanNumbers,
  ];
}

/** `count` days from a Monday 1 January, or as many months, in words. */
function names(language: string, style: Intl.DateTimeFormatOptions, count: number): string[] {
  const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
  return Array.from({ length: count }, (_, index) =>
    format.format(style.month ? Date.UTC(2024, index) : Date.UTC(2024, 0, index + 1)),
  );
}

/** Several lists as one: the first of each, then the second of each, and so on, each word once. */
function interleave(lists: string[][]): string[] {
  const words = new Set<string>();
  const longest = Math.max(...lists.map((list) => list.length));
  for (let rank = 0; rank < longest; rank++) {
    for (const list of lists) {
      const word = list[rank];
      if (word !== undefined) words.add(fold(word));
    }
  }
  return [...words];
}
