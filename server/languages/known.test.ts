// The list of languages, and who gets which.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { localeTag } from '#locales/words.ts';
import { wordsFor } from '../kernel/words.ts';
import { chooseLanguage, findLanguage, known } from './known.ts';

test('each known language has its own words, tag and address code', () => {
  for (const language of known) {
    assert.equal(language.tag, localeTag(language.code));
    assert.equal(wordsFor(language.code).locale, language.tag);
    assert.equal(language.fallback.at(-1), 'en');
  }
  for (const field of ['id', 'code', 'name', 'englishName', 'urlCode'] as const)
    assert.equal(new Set(known.map((language) => language[field])).size, known.length);
});

test('the words of a language come from the catalogues it lists, in that order', () => {
  const read = (name: string): Record<string, string> =>
    JSON.parse(readFileSync(new URL(`../../locales/${name}.json`, import.meta.url), 'utf8'));
  for (const { code, fallback } of known) {
    const chain = fallback.map(read);
    for (const key of Object.keys(read('en'))) {
      const sentence = chain.find((catalogue) => key in catalogue)?.[key] ?? '';
      if (!sentence.includes('{')) assert.equal(wordsFor(code).tell(key), sentence, code);
    }
  }
});

test('the decimal point on the wire is the one people see', () => {
  for (const { code, formats } of known) {
    const shown = wordsFor(code).number(1.5);
    assert.equal(shown, `1${formats.decimal_point}5`);
    assert.deepEqual(JSON.parse(formats.grouping), [3, 0]);
  }
});

test('a language is found whatever the case and separator of its code', () => {
  for (const code of ['fr_BE', 'fr-BE', 'FR_be', 'fr-be'])
    assert.equal(findLanguage(code)?.code, 'fr_BE');
  for (const code of ['', 'fr', 'fr_CH', 'fr_BE_x', 'xx_XX'])
    assert.equal(findLanguage(code), undefined);
});

const offered = ['en_US', 'fr_BE', 'nl_BE', 'nl_NL'];
const choose = (wishes: Partial<Parameters<typeof chooseLanguage>[1]>) =>
  chooseLanguage(offered, { fallback: 'en_US', ...wishes });

test('a preference wins over the cookie, the cookie over the browser, the browser over the tenant', () => {
  const wishes = { preferred: 'fr_BE', cookie: 'nl_NL', acceptLanguage: 'en', fallback: 'nl_BE' };
  assert.equal(choose(wishes), 'fr_BE');
  assert.equal(choose({ ...wishes, preferred: null }), 'nl_NL');
  assert.equal(choose({ ...wishes, preferred: null, cookie: null }), 'en_US');
  assert.equal(choose({ fallback: 'nl_BE' }), 'nl_BE');
});

test('a region that is not loaded is served by another of its language', () => {
  assert.equal(choose({ preferred: 'fr_FR', cookie: 'nl_NL' }), 'fr_BE');
  assert.equal(choose({ acceptLanguage: 'fr-CA' }), 'fr_BE');
  assert.equal(choose({ acceptLanguage: 'nl', fallback: 'nl_NL' }), 'nl_NL');
  assert.equal(choose({ acceptLanguage: 'nl', fallback: 'fr_BE' }), 'nl_BE');
});

test('a language that is not loaded at all passes the choice on', () => {
  assert.equal(choose({ preferred: 'de_DE', cookie: 'nl_NL' }), 'nl_NL');
  assert.equal(
    choose({ preferred: 'de_DE', cookie: 'xx', acceptLanguage: 'de, fr;q=0.2' }),
    'fr_BE',
  );
  assert.equal(choose({ preferred: 'de_DE', fallback: 'de_DE' }), 'en_US');
  assert.equal(chooseLanguage(['nl_BE'], { preferred: 'de_DE', fallback: 'fr_BE' }), 'nl_BE');
});

test('the browser is heard by weight, and zero means no (RFC 9110 12.5.4)', () => {
  assert.equal(choose({ acceptLanguage: 'nl-NL;q=0.3, fr;q=0.8 , en;q=0.5' }), 'fr_BE');
  assert.equal(choose({ acceptLanguage: 'nl-NL ; q=0.9,NL-be' }), 'nl_BE');
  assert.equal(choose({ acceptLanguage: 'fr;q=0, nl-NL;q=0.001' }), 'nl_NL');
  assert.equal(choose({ acceptLanguage: 'fr;q=0' }), 'en_US');
  assert.equal(choose({ acceptLanguage: '*;q=0.5, fr;q=0.2', fallback: 'nl_BE' }), 'nl_BE');
  assert.equal(choose({ acceptLanguage: 'fr;q=1.9, fr;q=7, fr;q=x, nl-NL;q=0.1' }), 'nl_NL');
});

test('nobody may be offered anything: then it is English', () => {
  assert.equal(chooseLanguage([], { preferred: 'fr_BE', fallback: 'fr_BE' }), 'en_US');
});

test('no header or cookie, however hostile, leads outside what is offered, or takes long', () => {
  const pieces = fc.constantFrom(
    'fr',
    '-',
    ';q=',
    '0.',
    ',',
    '*',
    ' ',
    '\0',
    'é',
    '__proto__',
    '1',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, text, text, (preferred, cookie, acceptLanguage) => {
      const chosen = choose({ preferred, cookie, acceptLanguage, fallback: cookie });
      assert.ok(offered.includes(chosen));
    }),
  );
  assert.equal(choose({ acceptLanguage: `${' '.repeat(600)}fr` }), 'en_US');
  const started = performance.now();
  for (const piece of ['fr-', ' ', 'a,', ';q=', 'fr;q=0.5,'])
    choose({ acceptLanguage: piece.repeat(500_000) });
  assert.ok(performance.now() - started < 5_000);
});
