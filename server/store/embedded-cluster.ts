// The files of the embedded PostgreSQL: where its cluster lies, how it is first made, its password.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '#server/kernel/refusal.ts';
import {
  chooseAccount,
  give,
  letThrough,
  makeHome,
  makePrivateFile,
  makePrivateFolder,
  ownerOf,
  reaches,
  syncFolder,
} from './embedded-owner.ts';
import type { Account } from './embedded-owner.ts';
import { reachNative } from './embedded-native.ts';

/** All that is needed to run the PostgreSQL of one data folder. */
export interface Cluster {
  /** Real path of the data folder. */
  folder: string;
  /** Real path of PostgreSQL's own files; elsewhere where the account cannot reach the folder. */
  files: string;
  /** Who runs it; undefined: ourselves. */
  account: Account | undefined;
  /** The programs, where `account` can run them. */
  native: string;
  password: string;
}

/** The environment of PostgreSQL's programs: ours could change port, messages or folders. */
export const bareEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

/** A short name for a data folder, the same in every process. */
export const nameOf = (folder: string) =>
  createHash('sha256').update(folder).digest('hex').slice(0, 16);

/**
 * Finds the cluster of `folder`, or makes it. `home` takes the cluster and a copy of `native`
 * where the account cannot reach them. The caller holds the lock. Throws `embedded_failed`.
 */
export async function settleCluster(
  folder: string,
  native: string,
  home: string,
): Promise<Cluster> {
  const link = path.join(folder, 'postgres');
  if (!fs.lstatSync(link, { throwIfNoEntry: false })) await makeCluster(folder, native, home);
  const files = fs.realpathSync(link);
  const account = claim(folder, files);
  const password = fs.readFileSync(path.join(folder, 'postgres.password'), 'utf8');
  return { folder, files, account, native: await reachNative(native, account, home), password };
}

/** An existing cluster runs as its owner. Nothing is given away here: a link may lead anywhere. */
function claim(folder: string, files: string): Account | undefined {
  const account = ownerOf(files);
  const around = path.dirname(files);
  if (around === folder && account?.uid) letThrough(folder, account);
  if (account?.uid !== 0 && reaches(around, account)) return account;
  const detail = account?.uid
    ? `uid ${account.uid} cannot reach ${files}: let it pass the folders above it`
    : `${files} belongs to root, whom PostgreSQL refuses: chown -R it to another account`;
  throw new Refusal('embedded_failed', { status: 503, detail });
}

/**
 * Makes the cluster aside and renames it into place, so that an interruption leaves no half one.
 * The password is written first: it is worth nothing without a cluster, and the reverse is worse.
 */
async function makeCluster(folder: string, native: string, home: string): Promise<void> {
  const account = chooseAccount(folder);
  const inside = letThrough(folder, account);
  if (!inside) makeHome(home);
  const link = path.join(folder, 'postgres');
  const target = inside ? link : freeName(path.join(home, nameOf(folder)));
  const password = replacePassword(folder);
  const programs = await reachNative(native, account, home);
  const draft = await makeDraft(target, programs, account, password);
  fs.renameSync(path.join(draft, 'data'), target);
  syncFolder(path.dirname(target));
  dropDrafts(target);
  if (inside) return;
  fs.symlinkSync(target, link);
  give(link, ownerOf(folder));
  syncFolder(folder);
}

/** A cluster of an earlier folder of this path is neither adopted nor overwritten. */
function freeName(wanted: string): string {
  for (let turn = 1; ; turn++) {
    const name = turn === 1 ? wanted : `${wanted}-${turn}`;
    if (!fs.existsSync(name)) return name;
  }
}

function replacePassword(folder: string): string {
  const password = randomBytes(32).toString('base64url');
  const file = path.join(folder, 'postgres.password');
  fs.rmSync(`${file}.new`, { force: true });
  makePrivateFile(`${file}.new`, password, ownerOf(folder));
  fs.renameSync(`${file}.new`, file);
  return password;
}

/** Runs initdb in `<target>.new-…/data`; gives the folder around it. */
async function makeDraft(
  target: string,
  native: string,
  account: Account | undefined,
  password: string,
): Promise<string> {
  // A name of its own: an initdb that outlived its killed starter may still write to an older one.
  const draft = `${target}.new-${randomBytes(4).toString('hex')}`;
  makePrivateFolder(draft, account);
  makePrivateFile(path.join(draft, 'password'), password, account);
  await runInitdb(path.join(native, 'bin/initdb'), draft, account);
  return draft;
}

/** Removes what is left of this first start and of earlier ones that were killed. */
function dropDrafts(target: string): void {
  const around = path.dirname(target);
  const drafts = fs
    .readdirSync(around)
    .filter((one) => one.startsWith(`${path.basename(target)}.new-`));
  for (const one of drafts) fs.rmSync(path.join(around, one), { recursive: true, force: true });
}

/** PostgreSQL's own C.UTF-8, not the machine's: the same order and letters wherever it moves. */
async function runInitdb(initdb: string, draft: string, account: Account | undefined) {
  const choices = {
    pgdata: path.join(draft, 'data'),
    username: 'huis',
    pwfile: path.join(draft, 'password'),
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  };
  const args = Object.entries(choices).map(([name, value]) => `--${name}=${value}`);
  try {
    await promisify(execFile)(initdb, args, { cwd: '/', env: bareEnvironment, ...account });
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const detail = `initdb: ${said || String(error)}`;
    throw new Refusal('embedded_failed', { status: 503, detail });
  }
}
