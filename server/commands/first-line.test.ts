// Reading a password from standard input.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { isRefusal } from '#server/kernel/refusal.ts';
import { readFirstLine } from './first-line.ts';

/** Standard input that brings its bytes in these portions. */
function inputOf(...parts: (string | Buffer)[]): Readable {
  return Readable.from(parts.map((part) => Buffer.from(part)));
}

const refusedWith = (code: string) => (error: unknown) => isRefusal(error, code);

test('only the line end is removed', async () => {
  assert.equal(await readFirstLine(inputOf('a b c\n')), 'a b c');
  assert.equal(await readFirstLine(inputOf('a b c\r\n')), 'a b c');
  assert.equal(await readFirstLine(inputOf('a b c')), 'a b c');
  assert.equal(await readFirstLine(inputOf('  a\tb  \n')), '  a\tb  ');
  assert.equal(await readFirstLine(inputOf('a\rb\r\r\n')), 'a\rb\r');
});

test('what comes after the first line is not read', async () => {
  assert.equal(await readFirstLine(inputOf('first\nsecond\n')), 'first');
  async function* endless() {
    for (;;) yield Buffer.from('y\n');
  }
  assert.equal(await readFirstLine(Readable.from(endless())), 'y');
});

test('a letter cut in two by the pipe comes out whole', async () => {
  const bytes = Buffer.from('forêt\n');
  assert.equal(await readFirstLine(inputOf(bytes.subarray(0, 4), bytes.subarray(4))), 'forêt');
});

test('an empty input is an empty password, for the policy to refuse', async () => {
  assert.equal(await readFirstLine(inputOf()), '');
  assert.equal(await readFirstLine(inputOf('\n')), '');
});

test('a line without end is given up, not kept in memory', async () => {
  let read = 0;
  async function* endless() {
    for (;;) {
      read += 1_000;
      yield Buffer.alloc(1_000, 'x');
    }
  }
  await assert.rejects(readFirstLine(Readable.from(endless())), refusedWith('password_too_long'));
  assert.ok(read < 30_000, `${read} bytes were read`);
});

test('bytes that are no text are refused: nobody could type them again', async () => {
  const latin = Buffer.from('caf\xe9 noir\n', 'latin1');
  await assert.rejects(readFirstLine(inputOf(latin)), refusedWith('password_unusable'));
});

test('a terminal is refused: what is typed there shows', async () => {
  const terminal = Object.assign(inputOf('secret\n'), { isTTY: true });
  await assert.rejects(readFirstLine(terminal), refusedWith('password_not_piped'));
});
