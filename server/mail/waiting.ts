// Which tenants have something for the office to do.
import { systemCaller } from '../tenants/system-caller.ts';
import type { Store } from '../store/open.ts';
import { tenantById } from '../store/tenants.ts';
import * as store from './office.store.ts';
import { wake } from './servers.ts';

/** Tenants with mail that is due. */
export async function tenantsWithMail({ installation }: Store): Promise<number[]> {
  return store.tenantsWithMail(installation);
}

/** Tenants where somebody asked for a new password. */
export async function tenantsWithRequests({ installation }: Store): Promise<number[]> {
  return store.tenantsWithRequests(installation);
}

/** Mail that waited for a server is tried again, everywhere: for an operator who has set one just now. */
export async function wakeHeldMail(opened: Store): Promise<void> {
  for (const id of await store.tenantsWithHeldMail(opened.installation)) {
    const tenant = await tenantById(opened, id);
    if (tenant) await wake(systemCaller(tenant, opened.tenant(id)));
  }
}
