// SQL of choosing a password of one's own.
import type { Caller } from '../store/caller.ts';

/** The hash of the password that somebody else chose; undefined when the person needs no other one. */
export async function givenHash(
  { db, tenant }: Caller,
  userId: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .select('password_hash as hash')
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .where('must_change_password', '=', true)
    .executeTakeFirst();
  return row?.hash ?? undefined;
}

/** Whether it is still that one; nobody changes it before the transaction ends. */
export async function isStill({ db, tenant }: Caller, userId: number, hash: string) {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('id', '=', userId)
    .where('must_change_password', '=', true)
    .where('password_hash', '=', hash)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}
