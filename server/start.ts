// `npm start`: builds the pages when they are missing or older than their sources, then serves.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = ['src', 'locales', 'static', 'vite.config.ts', 'package-lock.json'];

/** The newest change below a path, in milliseconds. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(0, ...files.map((file) => statSync(`${path}/${file}`).mtimeMs));
}

function isBuilt(): boolean {
  const mark = `${root}build/adapter-node.js`;
  if (!existsSync(mark)) return false;
  const made = statSync(mark).mtimeMs;
  // An installation without sources to watch, or a folder we may not write to, is served as it is.
  return SOURCES.every((source) => newest(root + source) <= made);
}

function build(): void {
  process.stdout.write('Building the pages…\n');
  const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(
    /package\.json$/,
    'bin/vite.js',
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}\nThe pages could not be built.\n`);
  process.exit(1);
}

if (!isBuilt()) build();
// Compiled code is kept between starts; where the folder cannot be written, nothing is lost but time.
enableCompileCache(`${root}node_modules/.cache/huis`);
const { start } = await import('./main.ts');
await start();
