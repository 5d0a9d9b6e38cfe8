// The running embedded PostgreSQL: how it is found, asked, brought up and stopped.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Cluster } from './embedded-cluster.ts';
import { failure, launch, PORT, readLog, socketName } from './embedded-launch.ts';
import type { Launch } from './embedded-launch.ts';

const START_LIMIT_MS = 5 * 60_000;
const STOP_LIMIT_MS = 60_000;

interface Postmaster {
  pid: number;
  socket: string;
  ready: boolean;
}

/**
 * Joins the PostgreSQL of this cluster if it runs, starts it if not, and gives its address once
 * the database `huis` answers. The caller holds the lock. Throws `embedded_failed`.
 */
export async function bringUp(cluster: Cluster): Promise<string> {
  let launched: Launch | undefined;
  for (const begun = Date.now(); Date.now() - begun < START_LIMIT_MS; await pause(begun)) {
    const found = readPostmaster(cluster.files);
    const alive = found !== undefined && isPostmaster(found.pid, cluster.files);
    // Ask even when the pid looks dead: a container beside us may run it on the same volume.
    if (found && (found.ready || !alive) && (await answers(cluster, found.socket))) {
      return addressOf(cluster, found.socket);
    }
    if (launched?.ended !== undefined) launched = await forgive(cluster, launched);
    if (alive || launched) continue;
    // PostgreSQL checks only that some process has this pid, and would then refuse to start.
    fs.rmSync(pidFile(cluster.files), { force: true });
    launched = launch(cluster);
  }
  throw failure(`no answer in time\n${readLog(cluster.folder, 0)}`);
}

/** Short while a start is normal, longer while it recovers from a crash. */
const pause = (begun: number) => sleep(Date.now() - begun < 2_000 ? 5 : 50);

const pidFile = (files: string) => path.join(files, 'postmaster.pid');

/** Lines of postmaster.pid: pid, folder, start, port, socket folder, address, memory key, state. */
function readPostmaster(files: string): Postmaster | undefined {
  try {
    const [pid = '', , , , socket, , , state] = fs.readFileSync(pidFile(files), 'utf8').split('\n');
    return { pid: Number(pid), socket: socket || files, ready: state?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** Whether `pid` is the PostgreSQL of these files, and not a process that got its number since. */
function isPostmaster(pid: number, files: string): boolean {
  try {
    const words =
      process.platform === 'linux'
        ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
        : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return words.includes(`/postgres -D ${files} `);
  } catch {
    return false;
  }
}

/** After a kill -9, old backends may hold the shared memory a moment longer: then try again. */
async function forgive(cluster: Cluster, launched: Launch): Promise<undefined> {
  const said = readLog(cluster.folder, launched.logStart);
  if (!said.includes('pre-existing shared memory block')) {
    throw failure(`${launched.ended}\n${said}`.trim());
  }
  await sleep(100);
}

/** `localhost` only makes it a whole URL: `host` in the query is where clients connect. */
function addressOf(cluster: Cluster, socket: string, database = 'huis'): string {
  const place = encodeURIComponent(socket);
  return `postgres://huis:${cluster.password}@localhost:${PORT}/${database}?host=${place}`;
}

/** Whether the database `huis` takes connections; it is made if only that is missing. */
async function answers(cluster: Cluster, socket: string): Promise<boolean> {
  const said = await ask(addressOf(cluster, socket));
  if (said !== 'no database') return said === 'yes';
  return (await ask(addressOf(cluster, socket, 'postgres'), 'create database huis')) === 'yes';
}

async function ask(url: string, statement?: string): Promise<'yes' | 'no' | 'no database'> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    if (statement) await client.query(statement);
    return 'yes';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '3D000') return 'no database';
    // Class 28: the password file is not this cluster's. Waiting would not help.
    if (code.startsWith('28') || statement) throw failure(String(error));
    return code === '53300' ? 'yes' : 'no';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Stops the PostgreSQL of these files the fast way, cutting its connections, and returns when it
 * is gone. The caller holds the lock. Throws `embedded_failed` after a minute.
 */
export async function shutDown(folder: string, files: string): Promise<void> {
  const found = readPostmaster(files);
  if (!found || !isPostmaster(found.pid, files)) return;
  process.kill(found.pid, 'SIGINT');
  for (const end = Date.now() + STOP_LIMIT_MS; isPostmaster(found.pid, files); await sleep(5)) {
    if (Date.now() > end) throw failure(`it does not stop\n${readLog(folder, 0)}`);
  }
  // The path comes from a file of the account's: root removes nothing on its word but this folder.
  if (path.basename(found.socket) !== socketName(folder)) return;
  fs.rmSync(found.socket, { recursive: true, force: true });
}
