// SQL of pictures.
import type { Caller } from '../store/caller.ts';

/** One size of a picture as stored. */
interface StoredPicture {
  size: number;
  type: string;
  content: Buffer;
  digest: string;
}

/** Writes all sizes in one statement, over older ones. */
export async function write({ db, tenant }: Caller, partnerId: number, pictures: StoredPicture[]) {
  await db
    .insertInto('pictures')
    .values(pictures.map((picture) => ({ ...picture, tenant: tenant.id, partner_id: partnerId })))
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'partner_id', 'size']).doUpdateSet((row) => ({
        type: row.ref('excluded.type'),
        content: row.ref('excluded.content'),
        digest: row.ref('excluded.digest'),
      })),
    )
    .execute();
}

export async function remove({ db, tenant }: Caller, partnerId: number) {
  await db
    .deleteFrom('pictures')
    .where('tenant', '=', tenant.id)
    .where('partner_id', '=', partnerId)
    .execute();
}

export async function read({ db, tenant }: Caller, partnerId: number, size: number) {
  return db
    .selectFrom('pictures')
    .select(['type', 'content', 'digest'])
    .where('tenant', '=', tenant.id)
    .where('partner_id', '=', partnerId)
    .where('size', '=', size)
    .executeTakeFirst();
}
