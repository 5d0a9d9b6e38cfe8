// The operator as a caller of one database, and the addresses they hand out.
import type { App } from '../app.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Caller, Tenant } from '../store/caller.ts';
import { tenantByName } from '../store/tenants.ts';
import { systemCaller } from '../tenants/system-caller.ts';

/** The operator inside the database of this name. Throws Refusal `database_unknown` (404). */
export async function operatorOf({ store }: App, name: string): Promise<Caller> {
  const tenant = await tenantByName(store, name);
  if (!tenant) throw new Refusal('database_unknown', { status: 404, values: { name } });
  return systemCaller(tenant, store.tenant(tenant.id));
}

/** The full address of a path of this tenant: its own base address, else the installation's. */
export function addressOf({ config }: App, { url }: Tenant, path: string): string {
  return `${url ?? config.url}${path}`;
}
