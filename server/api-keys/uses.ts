// Who still calls what: calls of programs, counted in memory and written together now and then, for a
// write at every call would cost more than the call.
import type { Caller } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import * as store from './uses.store.ts';

/** The protocols programs speak. */
export type Protocol = 'xmlrpc' | 'jsonrpc' | 'json2';

/** What a method does to records, told by its name. */
export type Family = 'read' | 'write' | 'other';

/** One call by a program. */
export interface Use {
  userId: number;
  /** The key it showed; null for the person's password. */
  keyId: number | null;
  protocol: Protocol;
  method: string;
}

/** Calls of one credential over one protocol since the last writing. */
export interface Pending {
  userId: number;
  keyId: number | null;
  protocol: Protocol;
  family: Family;
  address: string;
  lastAt: Date;
  count: number;
}

/** How often the counts are written, in milliseconds. */
const WRITE_EVERY = 10_000;

const READS =
  /^(search|read|fields_|name_search|name_get|exists|export_data|default_get|has_group|check_access|get_|web_(search|read)|formatted_read)/;
const WRITES = /^(create|write|unlink|copy|name_create|toggle_active|action_(un)?archive|web_save)/;

/** The family a method belongs to. */
export function familyOf(method: string): Family {
  if (READS.test(method)) return 'read';
  return WRITES.test(method) ? 'write' : 'other';
}

/** By tenant, then by person, credential and protocol. */
const pending = new Map<number, Map<string, Pending>>();

/** Counts a call; costs no round trip. */
export function noteUse({ tenant, address, now }: Caller, { method, ...use }: Use): void {
  let ofTenant = pending.get(tenant.id);
  if (!ofTenant) pending.set(tenant.id, (ofTenant = new Map()));
  const name = `${use.userId} ${use.keyId} ${use.protocol}`;
  const count = (ofTenant.get(name)?.count ?? 0) + 1;
  ofTenant.set(name, { ...use, family: familyOf(method), address, lastAt: now(), count });
}

/** Puts counts that could not be written back, for the next time. */
function putBack(tenantId: number, counts: Map<string, Pending>): void {
  const since = pending.get(tenantId) ?? new Map<string, Pending>();
  for (const [name, older] of counts) {
    const newer = since.get(name);
    since.set(name, newer ? { ...newer, count: newer.count + older.count } : older);
  }
  pending.set(tenantId, since);
}

/** Writes what was counted so far, one statement a tenant. Throws the first failure, after all tries. */
export async function writeUses(opened: Pick<Store, 'tenant'>): Promise<void> {
  const taken = [...pending];
  pending.clear();
  let failure: unknown;
  for (const [tenantId, counts] of taken) {
    try {
      await store.write(opened.tenant(tenantId), tenantId, [...counts.values()]);
    } catch (error) {
      putBack(tenantId, counts);
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

/**
 * Writes the counts every few seconds, while the process lives. Call what it answers to stop: it
 * writes the rest. `onFailure` is told when the database would not take them; they are kept.
 */
export function keepWritingUses(
  opened: Pick<Store, 'tenant'>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const write = () => (round = round.then(() => writeUses(opened)).catch(onFailure));
  const timer = setInterval(() => void write(), WRITE_EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await write();
  };
}
