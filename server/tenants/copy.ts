// A copy of a tenant to practise on: all its rows, and made safe in the same transaction. It never was a
// copy that could send, sign in with the original's keys, or answer to its links.
import { baseAddress } from '../kernel/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import type { Tenant } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { isTenantName } from '../store/tenants.ts';
import * as store from './copy.store.ts';
import { fateOf } from './fates.ts';

/** What is copied, and what the copy is called. */
export interface CopyWish {
  from: string;
  to: string;
  /** Base address of its own; never the original's. */
  url?: string | null;
}

/**
 * The tables in an order in which each comes after those it needs. A foreign key inside a table and one
 * that is checked at the end need no order; the rest may go round in no circle.
 */
export function inOrder(tables: readonly store.CopiedTable[]): store.CopiedTable[] {
  const known = new Set(tables.map(({ name }) => name));
  const done = new Set<string>();
  let waiting = [...tables];
  const ordered: store.CopiedTable[] = [];
  while (waiting.length > 0) {
    const next = waiting.filter(({ needs }) =>
      needs.every((name) => !known.has(name) || done.has(name)),
    );
    if (next.length === 0)
      throw new Error(`tables need each other: ${waiting.map(({ name }) => name).join(', ')}`);
    for (const { name } of next) done.add(name);
    ordered.push(...next);
    waiting = waiting.filter(({ name }) => !done.has(name));
  }
  return ordered;
}

function copyTitle({ title, language, test }: Tenant): string {
  return test ? title : wordsFor(language).t('test-database.title', { title });
}

/**
 * Copies a tenant with everything in it, but mails, keys, sessions, links and what else is a secret, into a
 * new test tenant. One transaction that sees one moment of the original, which nobody has to leave alone
 * meanwhile. Only the operator may. Throws Refusal `database_name_invalid`, `setting_invalid`,
 * `database_unknown` (404) or `database_exists` (409).
 */
export async function copyForTest(
  { installation }: Pick<Store, 'installation'>,
  { from: name, to, url: wished }: CopyWish,
): Promise<Tenant> {
  if (!isTenantName(to)) throw new Refusal('database_name_invalid', { field: 'database' });
  const url = wished ? baseAddress('url', wished) : null;
  return installation.transaction().execute(async (db) => {
    await store.openCopy(db);
    const from = await store.findTenant(db, 'name', name);
    if (!from) throw new Refusal('database_unknown', { status: 404, values: { name } });
    const tables = inOrder(await store.tenantTables(db));
    const tenant = await store.insertTest(db, from, { name: to, title: copyTitle(from), url });
    if (!tenant) throw new Refusal('database_exists', { status: 409, values: { name: to } });
    for (const table of tables) {
      const fate = fateOf(table.name);
      if (fate === undefined) throw new Error(`nobody decided what becomes of ${table.name}`);
      const change = typeof fate === 'string' ? {} : fate;
      if (fate !== 'left') await store.copyRows(db, table, { from, to: tenant, change });
    }
    return tenant;
  });
}
