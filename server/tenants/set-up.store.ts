// SQL of the set-up address; it belongs to the installation, not to a tenant.
import type { Database } from '../store/open.ts';

export async function replaceAddress(db: Database, tokenHash: Buffer, expiresAt: Date) {
  await db.transaction().execute(async (inside) => {
    await inside.deleteFrom('set_up_addresses').execute();
    await inside
      .insertInto('set_up_addresses')
      .values({ token_hash: tokenHash, expires_at: expiresAt })
      .execute();
  });
}

export async function isLiving(db: Database, tokenHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('set_up_addresses')
    .select('expires_at')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes the address; false when somebody was faster. */
export async function spend(db: Database, tokenHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('set_up_addresses')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
