// The operator at the console, acting inside one tenant without being one of its people.
import type { Caller, Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';

/** A caller with no person: what it may do is what a use-case lets the operator do. */
export function systemCaller(tenant: Tenant, db: Database): Caller {
  return {
    tenant,
    db,
    person: null,
    language: tenant.language,
    timeZone: tenant.timeZone,
    address: 'console',
    userAgent: 'console',
    now: () => new Date(),
  };
}
