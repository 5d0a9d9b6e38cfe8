// The embedded PostgreSQL of a data folder: started by whoever comes first, joined by the others,
// stopped by whoever leaves last. Used when DATABASE_URL is not set.
import { isRefusal, Refusal } from '#server/kernel/refusal.ts';
import { settleCluster } from './embedded-cluster.ts';
import { findNative } from './embedded-native.ts';
import { makeDataFolder } from './embedded-owner.ts';
import { bringUp, shutDown } from './embedded-postmaster.ts';
import { enter, leave, withLock } from './embedded-users.ts';

export interface Embedded {
  /** `postgres://…?host=<socket folder>`, for `pg`; it holds the password, so never log it. */
  url: string;
  /** Leaves; the last one of ours to leave stops PostgreSQL. Calling it again does nothing. */
  stop(): Promise<void>;
}

interface Places {
  /** Folder of the PostgreSQL programs. */
  native?: string;
  /** Where root puts what the account that runs PostgreSQL could not reach otherwise. */
  home?: string;
}

/**
 * Starts the PostgreSQL that keeps its files in `dataFolder`, making both at the first start, or
 * joins it if it runs. The superuser is `huis`, the database `huis`. Any number of processes may
 * call it at once. Throws `embedded_missing` (no programs for this machine), `embedded_failed`.
 */
export async function openEmbedded(
  dataFolder: string,
  { native = findNative(), home = '/var/lib/huis' }: Places = {},
): Promise<Embedded> {
  return worded(async () => {
    const folder = makeDataFolder(dataFolder);
    return withLock(folder, async () => {
      const cluster = await settleCluster(folder, native, home);
      const url = await bringUp(cluster);
      const note = enter(folder);
      let stopping: Promise<void> | undefined;
      const stop = () => (stopping ??= worded(() => close(folder, cluster.files, note)));
      return { url, stop };
    });
  });
}

async function close(folder: string, files: string, note: string): Promise<void> {
  await withLock(folder, async () => {
    if (leave(folder, note)) await shutDown(folder, files);
  });
}

/** What the system refuses us (a full disk, a folder not ours) is told as our refusal. */
async function worded<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw new Refusal('embedded_failed', { status: 503, detail: String(error) });
  }
}
