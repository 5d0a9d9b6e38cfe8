// Who may run PostgreSQL, which refuses root, and what that account can reach on this machine.
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#server/kernel/refusal.ts';

/** Numeric ids, as spawn and chown take them. */
export interface Account {
  uid: number;
  gid: number;
}

const runsAsRoot = () => process.getuid?.() === 0;

/**
 * Makes the data folder (mode 700) where there is none, and gives its real path. An existing
 * folder keeps its mode; folders above it are made as the umask says.
 */
export function makeDataFolder(folder: string): string {
  fs.mkdirSync(path.dirname(path.resolve(folder)), { recursive: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return fs.realpathSync(folder);
}

/** Who owns `file`; undefined for an ordinary user, who can give nothing away. */
export function ownerOf(file: string): Account | undefined {
  if (!runsAsRoot()) return undefined;
  const { uid, gid } = fs.statSync(file);
  return { uid, gid };
}

/** Hands over `file` itself, never what a link put in its place leads to. */
export function give(file: string, to: Account | undefined): void {
  if (to) fs.lchownSync(file, to.uid, to.gid);
}

/** Makes a folder that only `to` may enter. It must not exist yet. */
export function makePrivateFolder(folder: string, to: Account | undefined): void {
  fs.mkdirSync(folder, { mode: 0o700 });
  give(folder, to);
}

/** Makes a new file of mode 600 with this content, safe on disk when it returns. */
export function makePrivateFile(file: string, content: string, to: Account | undefined): void {
  fs.writeFileSync(file, content, { flag: 'wx', mode: 0o600, flush: true });
  give(file, to);
}

/** Makes new names in `folder` survive a power cut: PostgreSQL syncs its files, not our renames. */
export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

/**
 * The account that a new cluster of `folder` runs under: the folder's owner, else `huis`,
 * `postgres` or `nobody`. Undefined: ourselves, who are not root. Throws `embedded_failed`.
 */
export function chooseAccount(folder: string): Account | undefined {
  if (!runsAsRoot()) return undefined;
  const known = readAccounts();
  const owner = fs.statSync(folder).uid;
  const found =
    known.find(({ uid }) => uid === owner && uid !== 0) ??
    ['huis', 'postgres', 'nobody'].flatMap((name) => known.filter((one) => one.name === name))[0];
  if (found) return { uid: found.uid, gid: found.gid };
  const detail = 'PostgreSQL refuses root: create an account named huis, or set DATABASE_URL';
  throw new Refusal('embedded_failed', { status: 503, detail });
}

/** The machine's own accounts; initdb refuses a uid that has no name. */
function readAccounts(): (Account & { name: string })[] {
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && /^\d+$/.test(uid ?? '') ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether `account` may enter `folder` and every folder above it, judged by mode bits. */
export function reaches(folder: string, account: Account | undefined): boolean {
  if (!account) return true;
  const real = fs.realpathSync(folder);
  if (!permits(real, account, 0o1)) return false;
  return real === path.dirname(real) || reaches(path.dirname(real), account);
}

/** Whether the mode of `file` grants these bits (4 read, 2 write, 1 enter or run) to `account`. */
export function permits(file: string, account: Account, bits: number): boolean {
  const { mode, uid, gid } = fs.statSync(file);
  const shift = account.uid === uid ? 6 : account.gid === gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/**
 * Lets `account` through a data folder that belongs to root, if that is all that bars the way:
 * its group may then pass (mode 710) but neither list nor write. True when it can pass now.
 */
export function letThrough(folder: string, account: Account | undefined): boolean {
  if (!account || reaches(folder, account)) return true;
  if (fs.statSync(folder).uid !== 0 || !reaches(path.dirname(folder), account)) return false;
  fs.chownSync(folder, 0, account.gid);
  fs.chmodSync(folder, (fs.statSync(folder).mode & 0o707) | 0o010);
  return true;
}

/** Where root keeps what an account must reach; passable whatever the umask. */
export function makeHome(home: string): void {
  if (fs.existsSync(home)) return;
  fs.mkdirSync(home, { recursive: true });
  fs.chmodSync(home, 0o711);
}
