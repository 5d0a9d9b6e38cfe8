// What a server and its children weigh, and how soon it answers. Linux only.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, root } from '../server.ts';

/** Proportional set size of a process in MiB: shared pages count once over all who share them. */
function weight(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

function parentOf(pid: number): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
  } catch {
    return 0;
  }
}

/** MiB of a server process and of the PostgreSQL that keeps `dataFolder`, children included. */
export function memory(server: number, postmaster: number): { server: number; database: number } {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const database = pids.filter((pid) => pid === postmaster || parentOf(pid) === postmaster);
  return {
    server: weight(server),
    database: database.reduce((sum, pid) => sum + weight(pid), 0),
  };
}

/** Seconds from `npm start` to the first page, on a built tree with a database that exists. */
export async function timeToFirstAnswer(env: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const start = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: { ...process.env, NODE_ENV: 'production', ...env, HUIS_PORT: String(port) },
    stdio: 'ignore',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/web/login`).catch(() => undefined);
    if (answer?.ok) break;
    if (performance.now() - start > 60_000) throw new Error('npm start does not answer');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const seconds = (performance.now() - start) / 1_000;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid!, 'SIGTERM');
  await gone;
  return seconds;
}

/** The postmaster of a data folder. */
export function postmasterOf(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** What machine this was, for the head of the report. */
export function machine(): string {
  const cores = execFileSync('nproc', { encoding: 'utf8' }).trim();
  return `${cores} cores, Node ${process.version}`;
}
