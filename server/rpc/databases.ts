// The service `db`: which databases there are. Making and ending them is the console's alone.
import { Refusal } from '../kernel/refusal.ts';
import { known } from '../languages/known.ts';
import { listTenants, tenantByHost, tenantByName } from '../store/tenants.ts';
import { expect } from './arguments.ts';
import { VERSION } from './version.ts';
import type { Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

/** What Odoo does here with its master password; there is none. */
const MASTER = new Set([
  'create_database',
  'duplicate_database',
  'drop',
  'dump',
  'restore',
  'rename',
  'change_admin_password',
  'migrate_databases',
  'list_countries',
]);

/** Codes and names of the languages a database can have. */
export function listLanguages(): [string, string][] {
  return known.map(({ code, name }) => [code, name]);
}

/**
 * Names of the databases: the one this address belongs to, else all of them where the operator lets
 * them be listed. Throws Refusal `not_allowed` (401) where not.
 */
export async function listDatabases({ app, host }: Visit): Promise<string[]> {
  const here = await tenantByHost(app.store, host);
  if (here) return [here.name];
  if (!app.config.listDatabases) throw new Refusal('not_allowed', { status: 401 });
  return (await listTenants(app.store)).map(({ name }) => name).sort();
}

/** Answers a method of `db`. Throws Refusal `not_allowed` (401) for those that need a master password. */
export async function lookUp(
  visit: Visit,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  switch (method) {
    case 'list':
      return listDatabases(visit);
    case 'db_exist':
      expect('exp_db_exist', args, ['db_name']);
      return (
        typeof args[0] === 'string' && (await tenantByName(visit.app.store, args[0])) !== undefined
      );
    case 'server_version':
      return VERSION.server_version;
    case 'list_lang':
      return listLanguages();
    default:
      if (MASTER.has(method)) throw new Refusal('not_allowed', { status: 401, detail: method });
      throw new WireError('builtins.KeyError', `'Method not found: ${method}'`, 404);
  }
}
