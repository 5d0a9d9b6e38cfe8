// `npm test`: every check that keeps the house, then every test, on one database for the whole run.
// `npm test -- some/file.test.ts` runs these test files alone, without the checks.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#server/store/migrate.ts';
import { openEmbedded } from '#server/store/embedded.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = join(root, 'node_modules/.bin');

/** Runs a program of the project; answers its exit code and all it said. */
function run(
  command: string,
  args: string[],
  { loud = false, env = {} }: { loud?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(bin, command), args, {
      cwd: root,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** One check: its name for people, and the program that makes it. */
type Check = [name: string, command: string, ...args: string[]];

/** The first must be done before the others: it writes what types are read from, and the pages. */
const preparations: Check[] = [
  ['generated types', 'svelte-kit', 'sync'],
  ['pages build', 'vite', 'build'],
];

const checks: Check[] = [
  ['types', 'svelte-check', '--fail-on-warnings', '--output', 'human'],
  ['lint', 'eslint', '.'],
  ['import rules', 'depcruise', 'server', 'src', 'locales', 'tests', '--output-type', 'err'],
  ['dead code and unused dependencies', 'knip'],
  ['dead code in production', 'knip', '--production'],
  ['form', 'prettier', '--check', '--log-level', 'warn', '.'],
];

async function make([name, command, ...args]: Check): Promise<boolean> {
  const start = performance.now();
  const { code, output } = await run(command, args);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return code === 0;
}

/** Makes checks two at a time; answers whether all held. */
async function makeAll(list: Check[]): Promise<boolean> {
  const waiting = [...list];
  let held = true;
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      held = (await make(next)) && held;
  };
  await Promise.all([lane(), lane()]);
  return held;
}

/** The database of the run: the one that is given, or an embedded one that goes at the end. */
async function openDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'huis-tests-'));
  const embedded = await openEmbedded(folder);
  return {
    url: embedded.url,
    close: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function runTests(files: string[]): Promise<number> {
  const database = await openDatabase();
  try {
    await migrate(database.url);
    const { code } = await run(
      'node',
      ['--test', '--test-reporter=spec', `--test-concurrency=${availableParallelism()}`, ...files],
      { loud: true, env: { DATABASE_URL: database.url } },
    );
    return code;
  } finally {
    await database.close();
  }
}

const named = process.argv.slice(2);
if (named.length === 0) {
  for (const preparation of preparations) if (!(await make(preparation))) process.exit(1);
  if (!(await makeAll(checks))) process.exit(1);
}
const files =
  named.length > 0
    ? named
    : globSync('{server,src,locales,tests}/**/*.test.ts', { cwd: root }).sort();
process.exitCode = await runTests(files);
