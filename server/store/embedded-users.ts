// Which of our processes use the embedded PostgreSQL of a data folder, and whose turn it is.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '#server/kernel/refusal.ts';
import { makePrivateFile, makePrivateFolder, ownerOf } from './embedded-owner.ts';

const LOCK_LIMIT_MS = 6 * 60_000;
const SQLITE_BUSY = 5;

/**
 * Runs `act` while no other process or caller holds the lock of `folder`. The lock is the
 * kernel's, taken on `postgres.lock` through SQLite because Node has no call for it: a holder
 * that dies frees it, so no pid is ever guessed dead. Throws `embedded_failed` after six minutes.
 */
export async function withLock<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const file = path.join(folder, 'postgres.lock');
  if (!fs.existsSync(file)) makeOnce(file, ownerOf(folder));
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    for (const end = Date.now() + LOCK_LIMIT_MS; !tryLock(lock); await sleep(10)) {
      if (Date.now() < end) continue;
      const detail = `another process has been starting or stopping it for too long (${file})`;
      throw new Refusal('embedded_failed', { status: 503, detail });
    }
    return await act();
  } finally {
    lock.close();
  }
}

/** Only ever made, never opened and closed by us: closing it would drop our own lock on it. */
function makeOnce(file: string, owner: ReturnType<typeof ownerOf>): void {
  try {
    makePrivateFile(file, '', owner);
  } catch (error) {
    if (!fs.existsSync(file)) throw error;
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    // In memory, or a killed holder would leave a journal that the next owner may not touch.
    lock.exec('pragma journal_mode = memory; begin immediate');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

/** Notes that this process uses the PostgreSQL of `folder`, once more; gives the note's path. */
export function enter(folder: string): string {
  const users = path.join(folder, 'postgres.users');
  if (!fs.existsSync(users)) makePrivateFolder(users, ownerOf(folder));
  const note = path.join(users, `${process.pid}-${randomBytes(4).toString('hex')}`);
  makePrivateFile(note, birthOf(process.pid) ?? '', ownerOf(folder));
  return note;
}

/** Removes `note`, and the notes of the dead. True when nobody else of ours is left. */
export function leave(folder: string, note: string): boolean {
  const users = path.join(folder, 'postgres.users');
  fs.rmSync(note, { force: true });
  const left = fs.readdirSync(users).map((name) => path.join(users, name));
  const dead = left.filter((other) => !isAlive(other));
  for (const other of dead) fs.rmSync(other, { force: true });
  return dead.length === left.length;
}

/** A pid may be given to another process after its owner died; its birth tells them apart. */
function isAlive(note: string): boolean {
  const pid = Number.parseInt(path.basename(note), 10);
  return birthOf(pid) === fs.readFileSync(note, 'utf8');
}

/** When the process `pid` began, as an opaque text; undefined when there is no such process. */
function birthOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
    // Fields after the name, which may hold spaces: state is the first, start time the 20th.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? undefined : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
