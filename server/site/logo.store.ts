// SQL of the logo.
import type { Caller } from '../store/caller.ts';

/** The picture of the partner that stands for the first company. */
export async function readLogo({ db, tenant }: Caller, size: number) {
  return db
    .selectFrom('companies as c')
    .innerJoin('pictures as p', (on) =>
      on.onRef('p.tenant', '=', 'c.tenant').onRef('p.partner_id', '=', 'c.partner_id'),
    )
    .select(['p.type', 'p.content', 'p.digest'])
    .where('c.tenant', '=', tenant.id)
    .where('p.size', '=', size)
    .orderBy('c.id')
    .limit(1)
    .executeTakeFirst();
}
