import assert from 'node:assert/strict';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setImmediate as breath } from 'node:timers/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import english from '#locales/en.json' with { type: 'json' };
import { estimateStrength } from './strength.ts';

const words = ['Marie Dupont', 'marie.dupont@petit-velo.coop', 'Coopérative du Petit Vélo'];

test('words and names of all four languages are known, whatever their capitals and accents', async () => {
  for (const word of [
    ...['tournesol', 'bruxelles', 'solidarité', 'solidarite', 'forêt', 'Grenouille'],
    ...['goedemorgen', 'Antwerpen', 'vrijwilliger', 'janssens', 'Vermeiren'],
    ...['Schmetterling', 'Müller', 'muller', 'freundschaft'],
    ...['sunflower', 'Friendship', 'Lefebvre', 'Alavoine'],
  ]) {
    // Letter by letter they would take ten times as many guesses for each letter.
    const { guessesLog10, score } = await estimateStrength(word, []);
    assert.ok(guessesLog10 < Math.min(5, word.length - 1), `${word}: ${guessesLog10}`);
    assert.ok(score <= 1, word);
  }
});

const expected: Record<string, { score: number; warning?: string; suggestion?: string }> = {
  '': { score: 0, suggestion: 'words' },
  wachtwoord: { score: 0, warning: 'common', suggestion: 'words' },
  Motdepasse2024: { score: 0, warning: 'common', suggestion: 'tricks' },
  'Azertyuiop12!': { score: 0, warning: 'common' },
  aaaaaaaaaaaaaaaa: { score: 0, warning: 'pattern' },
  bonjourbonjour: { score: 0, warning: 'pattern' },
  abcdefghijklmnop: { score: 0, warning: 'pattern' },
  lundimardimercredi: { score: 0, warning: 'pattern' },
  maandagdinsdagwoensdag: { score: 0, warning: 'pattern' },
  einszweidreivierfünf: { score: 0, warning: 'pattern' },
  '12/03/1984': { score: 1, warning: 'date' },
  bruxelles: { score: 1, warning: 'word', suggestion: 'words' },
  willemijn: { score: 1, warning: 'name' },
  'Marie.Dupont-2024': { score: 0, warning: 'own' },
  'huis2024!': { score: 0, warning: 'own' },
  'm0td3p@sse': { score: 1, suggestion: 'tricks' },
  'marguerite fenêtre tulipe': { score: 4 },
  'fiets sneeuw lamp': { score: 4 },
  'x7#Kp2$vLq9!mZ4&': { score: 4 },
};

for (const [password, { score, warning, suggestion }] of Object.entries(expected))
  test(`"${password}" has the score ${score} and the remarks that go with it`, async () => {
    const strength = await estimateStrength(password, words);
    assert.equal(strength.score, score);
    assert.equal(strength.label, `strength.score.${score}`);
    assert.equal(strength.warning, warning ? `strength.warning.${warning}` : null);
    if (suggestion) assert.ok(strength.suggestions.includes(`strength.suggestion.${suggestion}`));
    if (score === 4) assert.deepEqual(strength.suggestions, []);
    for (const key of [strength.label, ...strength.suggestions, strength.warning ?? strength.label])
      assert.ok(key in english, key);
  });

test('own words lower the estimate, with or without accents, whole or in part', async () => {
  for (const password of [
    'gribouillis velo zwin',
    'gribouillis Vélo zwin',
    'gribouillis pétit zwin',
  ]) {
    const own = await estimateStrength(password, ['Zwin Gribouillis', 'Coopérative du Petit Vélo']);
    const other = await estimateStrength(password, []);
    assert.ok(own.guessesLog10 < other.guessesLog10 - 2, password);
  }
});

test('words that JavaScript objects are born with are not taken for listed ones', async () => {
  for (const word of ['constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'toString']) {
    // Nothing but days in a row would be guessed at once.
    const { guessesLog10 } = await estimateStrength(`${word}lundi${word}`, [word]);
    assert.ok(guessesLog10 > 3 && guessesLog10 < 30, `${word}: ${guessesLog10}`);
    assert.ok(Number.isFinite((await estimateStrength(word, ['dupont'])).guessesLog10), word);
  }
  assert.ok((await estimateStrength('__proto__lundi', [])).guessesLog10 > 6);
});

test('only the first 100 code points are looked at', async () => {
  const tail = 'y8#Wm3!pQz';
  const emoji = '\u{1f6b2}'.repeat(99);
  for (const start of ['a'.repeat(100), `${emoji}x`]) {
    const { guessesLog10 } = await estimateStrength(start, []);
    assert.equal((await estimateStrength(start + tail, [])).guessesLog10, guessesLog10);
  }
  const { guessesLog10 } = await estimateStrength(emoji, []);
  assert.notEqual((await estimateStrength(emoji + 'x' + tail, [])).guessesLog10, guessesLog10);
});

test('any text has an estimate', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 });
  const symbols = fc.string({
    unit: fc.constantFrom(...'01!|/\\()[]{}<>^vu_$@35'),
    maxLength: 120,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(text, symbols),
      fc.array(text, { maxLength: 3 }),
      async (password, own) => {
        const { score, guessesLog10 } = await estimateStrength(password, own);
        assert.ok([0, 1, 2, 3, 4].includes(score) && guessesLog10 >= 0);
      },
    ),
    { numRuns: 60 },
  );
});

test('the server goes on with its work while passwords are estimated', async () => {
  let beats = 0;
  const pulse = setInterval(() => beats++, 1);
  const slow = '1!|4@30$5'.repeat(11);
  for (let round = 0; round < 5; round++) await estimateStrength(slow, []);
  clearInterval(pulse);
  // Estimating in the server itself would leave it a breath or two between the five.
  assert.ok(beats > 25, `${beats} beats`);
});

/** Numbers of the processes that this one started, where the system lists them (Linux does). */
async function children(): Promise<string> {
  const list = `/proc/${process.pid}/task/${process.pid}/children`;
  return (await readFile(list, 'utf8').catch(() => '')).trim();
}

test('an estimating process that dies is replaced', async (context) => {
  await estimateStrength('a', []);
  const before = await children();
  if (before === '') return context.skip('the system does not list child processes');
  for (const child of before.split(' ')) process.kill(Number(child), 'SIGKILL');
  const answers = await Promise.allSettled([estimateStrength('a', []), estimateStrength('b', [])]);
  assert.equal(answers[1].status, 'fulfilled');
  assert.notEqual(await children(), before);
});

test('the estimating process goes when nobody asks any more, and comes back', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  await estimateStrength('a', []);
  if ((await children()) === '') return context.skip('the system does not list child processes');
  context.mock.timers.tick(59_000);
  await estimateStrength('a', []);
  context.mock.timers.tick(59_000);
  assert.equal((await estimateStrength('tournesol', [])).score, 1);
  assert.notEqual(await children(), '');
  context.mock.timers.tick(60_000);
  const end = performance.now() + 10_000;
  while ((await children()) !== '' && performance.now() < end) await breath();
  assert.equal(await children(), '');
  assert.equal((await estimateStrength('tournesol', [])).score, 1);
});

test('a command that estimated a password ends, and leaves no process behind', async () => {
  const script = `
    const { estimateStrength } = await import(${JSON.stringify(import.meta.resolve('./strength.ts'))});
    console.log((await estimateStrength('tournesol', [])).score);`;
  const args = ['--input-type=module', '--eval', script];
  // Both would keep the pipe of the output open, and this waiting.
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  assert.equal(stdout.trim(), '1');
});

test('who hangs up before the answer leaves no failure behind', async () => {
  const asked = fork(new URL('./estimator.ts', import.meta.url), {
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  asked.stderr!.on('data', (chunk) => (said += String(chunk)));
  asked.send({ password: 'soleil2024', words: [] });
  // It is still loading its lists.
  await once(asked, 'spawn');
  asked.disconnect();
  const ended = [once(asked, 'exit'), once(asked.stderr!, 'end')] as const;
  const [[code]] = (await Promise.all(ended)) as [[number], unknown];
  assert.deepEqual([code, said], [0, '']);
});
