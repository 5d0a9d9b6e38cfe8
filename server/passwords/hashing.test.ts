import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { test } from 'node:test';
import { hash } from '@node-rs/argon2';
import { isRefusal } from '../kernel/refusal.ts';
import { hashPassword, isTooLong, lengthOf, verifyPassword } from './hashing.ts';

const YES = { ok: true, renew: false };
const RENEW = { ok: true, renew: true };
const NO = { ok: false, renew: false };

// Made with Python's hashlib, in the format that Odoo stores.
const FROM_ODOO =
  '$pbkdf2-sha512$6000$8PHy8/T19vf4.fr7/P3./w$upW9665TS4PtimKkDIFKvn1fBLHtwWt6YNKwSBYWVpJvQ7W9gWOEpLnvKRPHECJ0zz9fMZWYoX8DWgZIkfsK/A';
const FROM_ODOO_ACCENTED =
  '$pbkdf2-sha512$1000$8PHy8/T19vf4.fr7/P3./w$25vCvQadxif13il14EURE2TTlCzEeFXVx/Wc8RLV0OrH41ozHQmWmF6GpuYbvbBX9EnWCw1zR/qy1mrG5xMMPg';

test('a password verifies against its own hash and no other does', async () => {
  const stored = await hashPassword('tournesol des dunes');
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
  assert.deepEqual(await verifyPassword(stored, 'tournesol des dunes'), YES);
  for (const wrong of ['tournesol des dune', 'Tournesol des dunes', ' tournesol des dunes'])
    assert.deepEqual(await verifyPassword(stored, wrong), NO, wrong);
});

test('two hashes of one password differ', async () => {
  assert.notEqual(
    await hashPassword('tournesol des dunes'),
    await hashPassword('tournesol des dunes'),
  );
});

test('the same letters typed on another keyboard are the same password', async () => {
  const stored = await hashPassword('forêt ﬁne à Ｌiège');
  assert.deepEqual(await verifyPassword(stored, 'forêt fine à Liège'.normalize('NFD')), YES);
});

test('an empty password is refused even where a hash of it is stored', async () => {
  assert.deepEqual(await verifyPassword(await hash(''), ''), NO);
  await assert.rejects(hashPassword(''), (error) => isRefusal(error, 'password_blank'));
});

test('a password over the limit is neither hashed nor verified', async () => {
  const longest = 'é'.repeat(1024);
  assert.deepEqual(await verifyPassword(await hashPassword(longest), longest), YES);
  for (const tooLong of [
    longest + 'é',
    '\u{1f6b2}'.repeat(1025),
    'e\u0301'.repeat(1366),
    '\ufdfa'.repeat(60),
  ]) {
    assert.equal(isTooLong(tooLong), true, `${tooLong.length} units`);
    await assert.rejects(hashPassword(tooLong), (error) => {
      return isRefusal(error, 'password_too_long') && error.values['maxLength'] === 1024;
    });
    const stored = await hash(tooLong.normalize('NFKC'));
    assert.deepEqual(await verifyPassword(stored, tooLong), NO);
  }
});

test('length is counted in code points after normalising', () => {
  assert.equal(lengthOf('\u{1f6b2}\u{1f6b2}'), 2);
  assert.equal(lengthOf('e\u0301'), 1);
  assert.equal(lengthOf('ﬁ'), 2);
});

test('where nothing usable is stored the answer is no', async () => {
  const stored = await hashPassword('tournesol des dunes');
  const unusable = [
    null,
    '',
    'tournesol des dunes',
    '$argon2id$',
    stored.slice(0, -20),
    stored.replace('m=19456', 'm=x'),
    FROM_ODOO.slice(0, -1),
    FROM_ODOO.replace('sha512', 'sha1'),
    FROM_ODOO.replace('$6000$', '$0$'),
    FROM_ODOO.replace('$6000$', '$-6000$'),
  ];
  for (const value of unusable)
    assert.deepEqual(await verifyPassword(value, 'tournesol des dunes'), NO, String(value));
});

test('a hash weaker than ours is to be renewed, once the password was right', async () => {
  const password = 'tournesol des dunes';
  const ours = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
  const weaker = [
    await hash(password, { ...ours, memoryCost: 8_192 }),
    await hash(password, { ...ours, timeCost: 1 }),
    await hash(password, { ...ours, outputLen: 16 }),
    await hash(password, { ...ours, salt: Buffer.alloc(8, 1) }),
    await hash(password, { ...ours, algorithm: 1 }), // argon2i
    await hash(password, { ...ours, version: 0 }), // 1.0
  ];
  for (const stored of weaker) {
    assert.deepEqual(await verifyPassword(stored, password), RENEW, stored);
    assert.deepEqual(await verifyPassword(stored, 'wrong'), NO, stored);
  }
});

test('a hash costlier than ours is left alone', async () => {
  const stored = await hash('tournesol', { memoryCost: 32_768, timeCost: 3, parallelism: 2 });
  assert.deepEqual(await verifyPassword(stored, 'tournesol'), YES);
});

test('a hash that would stall the server is not computed', async () => {
  const [, , , , salt, digest] = (await hashPassword('tournesol')).split('$');
  const monsters = [
    `$argon2id$v=19$m=4194304,t=2,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=19456,t=100000,p=1$${salt}$${digest}`,
    FROM_ODOO.replace('$6000$', '$5000001$'),
    FROM_ODOO.replace('$6000$', '$9999999$'),
  ];
  const begun = performance.now();
  for (const stored of monsters) assert.deepEqual(await verifyPassword(stored, 'tournesol'), NO);
  assert.ok(performance.now() - begun < 15_000);
});

test('a password brought along from Odoo verifies and is to be renewed', async () => {
  assert.deepEqual(await verifyPassword(FROM_ODOO, 'tournesol des dunes'), RENEW);
  assert.deepEqual(await verifyPassword(FROM_ODOO, 'tournesol des dune'), NO);
  assert.deepEqual(await verifyPassword(FROM_ODOO, ''), NO);
});

test('a password from Odoo counts as it was typed there, accents composed or not', async () => {
  const password = 'été à Liège';
  assert.deepEqual(await verifyPassword(FROM_ODOO_ACCENTED, password.normalize('NFC')), RENEW);
  assert.deepEqual(await verifyPassword(FROM_ODOO_ACCENTED, password.normalize('NFD')), RENEW);
  const wide = password.replace('L', 'Ｌ'); // the same under NFKC, which Odoo did not apply
  assert.deepEqual(await verifyPassword(FROM_ODOO_ACCENTED, wide), NO);
});

test('files stay within reach while many passwords are verified', async () => {
  let verified = 0;
  const storm = Array.from({ length: 24 }, async () => {
    await verifyPassword(null, 'tournesol');
    verified++;
  });
  await stat(import.meta.filename);
  assert.ok(verified < 6, `${verified} passwords came before one look at a file`);
  await Promise.all(storm);
});

/** Adds the milliseconds that each attempt takes to its list, in rounds that alternate. */
async function timeRounds(attempts: (() => Promise<unknown>)[], times: number[][], rounds: number) {
  for (let round = 0; round < rounds; round++) {
    for (const [index, attempt] of attempts.entries()) {
      const begun = performance.now();
      await attempt();
      times[index]?.push(performance.now() - begun);
    }
  }
}

/** The quicker quarter's end: what a busy machine spoils least, and what a patient thief looks at. */
function lowerQuartile(times: number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 2] ?? NaN;
}

test('nobody can tell from the time taken whether there is such a person', async () => {
  const stored = await hashPassword('tournesol des dunes');
  const attempts = [
    () => verifyPassword(stored, 'wrong'),
    () => verifyPassword(null, 'wrong'),
    () => verifyPassword(stored, ''),
    () => verifyPassword(stored, 'x'.repeat(5000)),
  ];
  const times = attempts.map((): number[] => []);
  let spread = Infinity;
  // More rounds tell a true difference ever more clearly, and a chance one ever less.
  for (let series = 0; series < 6 && !(spread <= 1.25); series++) {
    await timeRounds(attempts, times, 16);
    const typical = times.map(lowerQuartile);
    spread = Math.max(...typical) / Math.min(...typical);
  }
  assert.ok(spread <= 1.25, `the slowest kind takes ${spread.toFixed(2)} times the fastest`);
});
