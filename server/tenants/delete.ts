// The end of a tenant: all its rows, in one transaction.
import { Refusal } from '../kernel/refusal.ts';
import type { Store } from '../store/open.ts';
import * as store from './create.store.ts';

/**
 * Deletes the tenant of this name with everything in it; there is no way back. Only the operator
 * may: no page and no protocol calls it. Throws Refusal `database_unknown` (404).
 */
export async function deleteTenant(
  { installation }: Pick<Store, 'installation'>,
  name: string,
): Promise<void> {
  const deleted = await installation.transaction().execute((db) => store.deleteTenant(db, name));
  if (!deleted) throw new Refusal('database_unknown', { status: 404, values: { name } });
}
