// After the schema, the tenants: those made by an older version get the groups, rights and rules that
// came since. One cheap question when there is nothing to do.
import { installAccess, tenantsToBring } from '../access/install.ts';
import type { Store } from '../store/open.ts';
import { systemCaller } from './system-caller.ts';

/** Brings every tenant up to date, each in a transaction of its own; answers how many there were. */
export async function upgradeTenants(store: Store): Promise<number> {
  const tenants = await tenantsToBring(store);
  for (const tenant of tenants) await installAccess(systemCaller(tenant, store.tenant(tenant.id)));
  return tenants.length;
}
