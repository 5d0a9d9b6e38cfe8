// Starts the embedded PostgreSQL: its settings, its socket, its log.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Refusal } from '#server/kernel/refusal.ts';
import { bareEnvironment, nameOf } from './embedded-cluster.ts';
import type { Cluster } from './embedded-cluster.ts';
import { give, makePrivateFolder, ownerOf, reaches } from './embedded-owner.ts';
import type { Account } from './embedded-owner.ts';

export const PORT = 5432;
const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/** Why the embedded PostgreSQL is not there; `detail` is for the operator. */
export const failure = (detail: string) => new Refusal('embedded_failed', { status: 503, detail });

// Given at each start, so that a new release's settings reach old clusters too.
const settings = {
  port: PORT,
  listen_addresses: '',
  unix_socket_permissions: '0700',
  cluster_name: 'huis',
  // Durable: an answered change survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Small: one co-operative, or a few hundred, on a shared machine.
  max_connections: 60,
  shared_buffers: '32MB',
  huge_pages: 'off',
  // Solid-state disks, and a database that fits into memory.
  random_page_cost: 1.1,
  min_wal_size: '32MB',
  max_wal_size: '128MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
  autovacuum: 'on',
  autovacuum_max_workers: 2,
  autovacuum_worker_slots: 2,
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  // Silent about data: messages of failed statements quote the values they failed on, and
  // details of crashes quote the statement, so neither is written (ASVS 16.2.5).
  logging_collector: 'off',
  log_destination: 'stderr',
  log_timezone: 'UTC',
  log_statement: 'none',
  log_min_duration_statement: -1,
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_checkpoints: 'off',
};

/** A PostgreSQL that we started. */
export interface Launch {
  /** Why it ended; undefined while it runs. */
  ended: string | undefined;
  /** Where its lines begin in the log. */
  logStart: number;
}

/** Starts PostgreSQL in a session of its own: Ctrl-C in our terminal is not for it. */
export function launch(cluster: Cluster): Launch {
  const socket = chooseSocket(cluster);
  // Like postmaster.pid: a killed postmaster that nobody has buried yet would hold it for ever.
  fs.rmSync(path.join(socket, `.s.PGSQL.${PORT}.lock`), { force: true });
  const log = openLog(cluster.folder);
  const asked = { ...settings, unix_socket_directories: `"${socket.replaceAll('"', '""')}"` };
  const flags = Object.entries(asked).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launched: Launch = { ended: undefined, logStart: log.size };
  const child = spawn(path.join(cluster.native, 'bin/postgres'), ['-D', cluster.files, ...flags], {
    cwd: '/',
    env: bareEnvironment,
    detached: true,
    stdio: ['ignore', log.handle, log.handle],
    ...cluster.account,
  });
  fs.closeSync(log.handle);
  child.on('error', (error) => (launched.ended = error.message));
  child.on('exit', (code, signal) => (launched.ended = `exit ${signal ?? code}`));
  child.unref();
  return launched;
}

/** The folder of the socket: among the cluster's files, or a private one where that is too long. */
function chooseSocket({ folder, files, account }: Cluster): string {
  if (fits(files)) return files;
  const places = [os.tmpdir(), '/tmp'].filter(fs.existsSync).filter((one) => reaches(one, account));
  const socket = places.map((place) => path.join(place, socketName(folder))).find(fits);
  if (!socket) throw failure(`no short enough path for the socket of ${folder}`);
  if (!fs.existsSync(socket)) makePrivateFolder(socket, account);
  checkPrivate(socket, account);
  return socket;
}

/** Names the folder of a socket that found no room among the cluster's files. */
export const socketName = (folder: string) => `huis-${nameOf(folder)}`;

/** The kernel's room for a socket's path: 108 bytes with the closing zero, 104 on the BSDs. */
function fits(folder: string): boolean {
  const room = process.platform === 'linux' ? 107 : 103;
  return Buffer.byteLength(path.join(folder, `.s.PGSQL.${PORT}`)) <= room;
}

/** In a temporary folder anyone may have been faster: a foreign folder could serve a false PostgreSQL. */
function checkPrivate(socket: string, account: Account | undefined): void {
  const { uid, mode } = fs.lstatSync(socket);
  const expected = account?.uid ?? process.getuid?.();
  if (uid === expected && (mode & 0o170077) === fs.constants.S_IFDIR) return;
  throw failure(`${socket} is not a private folder of uid ${expected}: remove it`);
}

/** Opens the log to append, after putting a long one aside. No link is followed: root may open it. */
function openLog(folder: string): { handle: number; size: number } {
  const file = path.join(folder, 'postgres.log');
  const past = fs.lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (past > LOG_LIMIT_BYTES) fs.renameSync(file, `${file}.old`);
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = fs.constants;
  const handle = fs.openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  give(file, ownerOf(folder));
  return { handle, size: fs.fstatSync(handle).size };
}

/** The last lines of the log, none of them before byte `start`. */
export function readLog(folder: string, start: number): string {
  const text = fs.readFileSync(path.join(folder, 'postgres.log')).subarray(start).toString();
  return text.trim().split('\n').slice(-10).join('\n');
}
