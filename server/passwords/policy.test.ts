import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { dictionary as dutch } from '@zxcvbn-ts/language-nl-be';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { commonPasswords } from './dictionaries.ts';
import { hashPassword, verifyPassword } from './hashing.ts';
import { checkPolicy, DEFAULT_MIN_LENGTH, MIN_LENGTH_FLOOR } from './policy.ts';

const policy = { minLength: DEFAULT_MIN_LENGTH };
const words = ['marie.dupont@petit-velo.coop', 'Marie Dupont', 'Coopérative du Petit Vélo'];

async function refusalOf(
  password: string,
  minLength = DEFAULT_MIN_LENGTH,
): Promise<Refusal | null> {
  return checkPolicy(password, { minLength }, words, 'password').then(
    () => null,
    (error: unknown) => {
      if (isRefusal(error)) return error;
      throw error;
    },
  );
}

const accepted: Record<string, string> = {
  'a passphrase in French': 'marguerite fenêtre tulipe nuage violon citron',
  'a passphrase in Dutch': 'fiets sneeuw lamp kikker brood wolk',
  'a passphrase in German': 'Wolke Geige Zitrone Fenster Tulpe Schnee',
  'a passphrase in English': 'correct horse battery staple window violin',
  'a passphrase with own words in it': 'marie mange du chocolat noir à Namur',
  'a passphrase with days and numbers in it': 'deux vélos lundi mars orange grand',
  'a sentence with spaces at both ends': ' il pleut sur la mer du Nord ',
  'lower-case letters only': 'kqzvuwmtbhxe',
  'digits only': '840275193618',
  'spaces between few letters': 'k   q   z   v',
  Greek: 'ποδήλατο θάλασσα',
  Arabic: 'قطار الليل الطويل',
  Japanese: '雨の日は自転車で図書館へ行く',
  Thai: 'ฝนตกที่เชียงใหม่ตอนเช้า',
  emoji: '🚲🌧🍋🎻🌷🐸🪟☁🥖🔑🧦🎈',
  'a family emoji, joined without spaces': '👨‍👩‍👧‍👦 kiwi 🚲 lampe',
};

for (const [what, password] of Object.entries(accepted))
  test(`accepted: ${what}`, async () => assert.equal(await refusalOf(password), null));

const refused: [string, string][] = [
  ['', 'password_blank'],
  ['               ', 'password_blank'],
  ['\u00a0\u3000\u2009'.repeat(5), 'password_blank'],
  ['\u200b\u2060\u3164\u2800'.repeat(4), 'password_blank'],
  ['kqzvuwmtbhx', 'password_too_short'],
  ['e\u0301'.repeat(6), 'password_too_short'],
  ['🚲🌧🍋🎻🌷🐸', 'password_too_short'],
  ['kqzvuw\0mtbhxe', 'password_unusable'],
  ['kqzvuw\u0007mtbhxe', 'password_unusable'],
  ['kqzvuw\ud83dmtbhxe', 'password_unusable'],
  ['k'.repeat(1025), 'password_too_long'],
  ['ﷺ'.repeat(100), 'password_too_long'],
  ['e\u0301'.repeat(1366), 'password_too_long'],
  ['x'.repeat(10_000_000), 'password_too_long'],
  ['administrator', 'password_common'],
  ['UNBELIEVABLE', 'password_common'],
  ['Azertyuiop12!', 'password_common'],
  ['sunshine2024', 'password_common'],
  ['MarieDupont!', 'password_own_words'],
  ['dupont.marie1984', 'password_own_words'],
  ['PetitVelo-2024', 'password_own_words'],
  ['P3titVél0P3titVél0', 'password_own_words'],
  ['marie.dupont@petit-velo.coop', 'password_own_words'],
  ['Huis2024Huis2024', 'password_own_words'],
  ['aaaaaaaaaaaaaaaa', 'password_weak'],
  ['lundimardimercredi', 'password_weak'],
  ['abcdefghijklmnop', 'password_weak'],
];

for (const [password, code] of refused) {
  const shown = JSON.stringify(password.slice(0, 30));
  test(`refused with ${code}: ${shown}`, async () => {
    const refusal = await refusalOf(password);
    assert.equal(refusal?.code, code);
    assert.equal(refusal.field, 'password');
    assert.ok(!password || !refusal.message.includes(password), 'a log must not hold it');
  });
}

test('a refusal for length says what is asked and what came', async () => {
  const refusal = await refusalOf('🚲🌧🍋🎻', 10);
  assert.deepEqual(refusal?.values, { minLength: 10, length: 4 });
  assert.deepEqual((await refusalOf('k'.repeat(1025)))?.values, { maxLength: 1024 });
});

test('a tenant may ask for more, and for less but never under the floor', async () => {
  assert.equal((await refusalOf('kqzvuwmtbhxe', 13))?.code, 'password_too_short');
  assert.equal(await refusalOf('kqzvuwmt', 8), null);
  assert.deepEqual((await refusalOf('kqzvuwm', 1))?.values, {
    minLength: MIN_LENGTH_FLOOR,
    length: 7,
  });
});

test('without a field the refusal blames none', async () => {
  await assert.rejects(checkPolicy('', policy, []), (error) => {
    return isRefusal(error, 'password_blank') && error.field === undefined;
  });
});

/** `count` characters of a script, drawn among the code points from one to another. */
function drawn(from: number, to: number, count: number): string {
  return Array.from({ length: count }, () => String.fromCodePoint(randomInt(from, to + 1))).join(
    '',
  );
}

const scripts: Record<string, [number, number]> = {
  ASCII: [0x20, 0x7e],
  digits: [0x30, 0x39],
  'Latin with accents': [0xc0, 0x17f],
  Greek: [0x3b1, 0x3c9],
  Cyrillic: [0x410, 0x44f],
  Hebrew: [0x5d0, 0x5ea],
  Arabic: [0x621, 0x63a],
  Devanagari: [0x905, 0x939],
  Thai: [0xe01, 0xe2e],
  Georgian: [0x10d0, 0x10f0],
  Ethiopic: [0x1200, 0x1248],
  Hiragana: [0x3041, 0x3096],
  Chinese: [0x4e00, 0x9fa5],
  Hangul: [0xac00, 0xd7a3],
  hieroglyphs: [0x13000, 0x1342e],
  emoji: [0x1f600, 0x1f64f],
};

for (const [script, [from, to]] of Object.entries(scripts))
  test(`a random password of 64 characters is accepted and verifies: ${script}`, async () => {
    const password = drawn(from, to, 64);
    assert.equal(await refusalOf(password), null, password);
    const { ok } = await verifyPassword(await hashPassword(password), password);
    assert.equal(ok, true);
  });

test('six words drawn from the thousand commonest of a language are accepted', async () => {
  for (const [list, glue] of [
    [french['commonWords-fr'], ' '],
    [french['commonWords-fr'], '-'],
    [dutch.commonWords, ' '],
    [dutch.commonWords, ''],
  ] as [string[], string][])
    for (let round = 0; round < 10; round++) {
      const choice = list.filter((word) => word.length > 3).slice(0, 1000);
      const phrase = Array.from({ length: 6 }, () => choice[randomInt(choice.length)]).join(glue);
      assert.equal(await refusalOf(phrase), null, phrase);
    }
});

test('the commonest passwords long enough for the floor are refused, over 3,000 of them', async () => {
  const longEnough = commonPasswords.filter((password) => password.length >= MIN_LENGTH_FLOOR);
  assert.ok(longEnough.length > 3000);
  for (const password of longEnough.slice(0, 3000).filter((_, rank) => rank % 50 === 0)) {
    const refusal = await refusalOf(password.toUpperCase(), MIN_LENGTH_FLOOR);
    assert.equal(refusal?.code, 'password_common', password);
  }
});

test('no rule about kinds of characters, no trimming, no change of case', async () => {
  const password = '  tournesol Nuage VIOLON  ';
  assert.equal(await refusalOf(password), null);
  const stored = await hashPassword(password);
  assert.equal((await verifyPassword(stored, password)).ok, true);
  assert.equal((await verifyPassword(stored, password.trim())).ok, false);
  assert.equal((await verifyPassword(stored, password.toLowerCase())).ok, false);
});
