// What every command has in common: usage, exit codes, one line on standard error.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { huis, startHuis } from '#tests/console.ts';
import { readConfig } from '#server/kernel/config.ts';
import { openStore } from '#server/store/open.ts';

/** No PostgreSQL listens on port 1. */
const NOWHERE = 'postgres://somebody:s3cret-word@127.0.0.1:1/huis';

test('usage is on standard output when it is asked for', async () => {
  for (const args of [[], ['help'], ['--help'], ['-h']]) {
    const { code, out, err } = await huis(args);
    assert.deepEqual([code, err], [0, '']);
    assert.match(
      out,
      /huis serve\n.*huis database create NAME .*huis user link DB LOGIN\n.*huis access explain DB LOGIN MODEL \[ID\] \[--json\]\n$/s,
    );
  }
});

test('help with a command shows that command alone', async () => {
  for (const args of [
    ['user', '--help'],
    ['user', 'link', 'a', '-h'],
    ['user', 'create', '--help'],
  ]) {
    const { code, out, err } = await huis(args);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Usage:\n {2}huis user create DB/);
    assert.doesNotMatch(out, /database/);
  }
});

test('the version is that of the package', async () => {
  const { code, out } = await huis(['--version']);
  assert.equal(code, 0);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
});

test('wrong usage ends with 2, says what is wrong and how it is right', async () => {
  const wrongs: [string[], RegExp][] = [
    [['sing'], /^There is no command 'sing'\.\nUsage:\n {2}huis serve\n/],
    [
      ['database'],
      /^After 'database' comes one of: create, list, copy, delete\.\nUsage:\n {2}huis database/,
    ],
    [['database', 'paint', 'x'], /^There is no 'database paint'\.\nUsage:/],
    [['database', 'create'], /^NAME is missing\.\nUsage:/],
    [['database', 'copy', 'a', '--test'], /^TO is missing\.\nUsage:/],
    [['database', 'copy', 'a', 'b'], /^--test is missing: [^\n]+\.\nUsage:\n {2}huis database/],
    [['database', 'create', 'a', 'b'], /^Too many arguments: 'b'\.\nUsage:/],
    [['database', 'create', 'a', '--colour', 'red'], /^Unknown option '--colour'/],
    [['database', 'list', '--json=yes'], /^Option '--json' does not take an argument\nUsage:/],
    [['language', 'load', 'a'], /^CODE is missing\.\nUsage:/],
    [['user', 'create', 'a'], /^--login is missing\.\nUsage:/],
    [['user', 'create', 'a', '--login'], /^Option '--login <value>' argument missing\nUsage:/],
    [['user', 'link', 'a'], /^LOGIN is missing\.\nUsage:/],
    [['access', 'explain', 'a', 'b'], /^MODEL is missing\.\nUsage:/],
    [['access', 'explain', 'a', 'b', 'c', 'x'], /^ID must be a whole number\.\nUsage:/],
    [['serve', 'now'], /^Too many arguments: 'now'\.\nUsage:/],
  ];
  const env = { DATABASE_URL: NOWHERE };
  const ended = await Promise.all(wrongs.map(([args]) => huis(args, { env })));
  ended.forEach(({ code, out, err }, i) => {
    assert.deepEqual([code, out], [2, ''], wrongs[i]![0].join(' '));
    assert.match(err, wrongs[i]![1]);
  });
});

test('what later versions bring is not there yet', async () => {
  const later = ['database backup a f', 'database restore f a'];
  const lines = [...later, 'import odoo a --from postgres://x'];
  const ended = await Promise.all(lines.map((line) => huis(line.split(' '))));
  ended.forEach(({ code, out }, i) => assert.deepEqual([code, out], [2, ''], lines[i]!));
});

test('a wrong setting is refused with one line that names it', async () => {
  const { code, out, err } = await huis(['database', 'list'], { env: { HUIS_PORT: 'eight' } });
  assert.deepEqual([code, out], [1, '']);
  assert.equal(err, 'A setting cannot be used: HUIS_PORT must be a whole number up to 65535\n');
});

test('a database that does not answer is told in one line, without its password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huis-usage-'));
  const env = { DATABASE_URL: NOWHERE, HUIS_DATA: folder };
  const { code, out, err } = await huis(['database', 'list'], { env });
  await rm(folder, { recursive: true });
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /^[^\n]*ECONNREFUSED[^\n]*\n$/);
  assert.doesNotMatch(err, /s3cret/);
});

test('a broken secret key is refused and leaves nothing running', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huis-usage-'));
  await writeFile(join(folder, 'key'), 'not a key\n');
  const env = { HUIS_DATA: folder, HUIS_SECRET_FILE: join(folder, 'key') };
  const { code, err } = await huis(['database', 'list'], { env });
  await rm(folder, { recursive: true });
  assert.equal(code, 1);
  assert.match(err, /^The file with the secret key cannot be used: [^\n]*\n$/);
});

test('on the embedded database it starts it, joins one that runs, and leaves that running', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huis-usage-'));
  const env = { DATABASE_URL: '', HUIS_DATA: folder };
  try {
    assert.equal((await huis(['database', 'create', 'alone'], { env })).code, 0);
    const store = await openStore(readConfig({ HUIS_DATA: folder }));
    try {
      const { code, out } = await huis(['database', 'list', '--json'], { env });
      assert.equal(code, 0);
      assert.deepEqual(
        JSON.parse(out).map(({ name }: { name: string }) => name),
        ['alone'],
      );
      await store.ready();
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Makes Node believe that it is an older one, so that the launcher looks for the one it brought. */
const pretendOld = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`,
  )}`,
];

test('an older Node hands over to the one that came with the package', async () => {
  const { code, out, err } = await huis(['--version'], { node: pretendOld });
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
  assert.equal((await huis(['sing'], { node: pretendOld })).code, 2);
});

test('signals to the launcher reach the command, and it ends as the command does', async () => {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    const args = ['database', 'create', 'x', '--password-stdin'];
    const { child, ended } = startHuis(args, { node: pretendOld });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    child.kill(signal);
    assert.equal((await ended).code, code);
  }
});
