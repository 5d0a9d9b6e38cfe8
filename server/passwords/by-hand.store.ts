// SQL of passwords that others set.
import type { Caller } from '../store/caller.ts';
import type { HandPolicy } from './by-hand.ts';

export async function readPolicy({ db, tenant }: Caller): Promise<HandPolicy> {
  const { hand_passwords: policy } = await db
    .selectFrom('tenants')
    .select('hand_passwords')
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
  return policy as HandPolicy;
}
