// SQL of reading a person by number or login.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import { personColumns, type PersonRow } from '../store/person.ts';

/** The living person with this number or login, and what is stored of their password. */
export async function find(
  { db, tenant }: Caller,
  by: { userId: number } | { login: string },
): Promise<(PersonRow & { password_hash: string | null }) | undefined> {
  const means =
    'userId' in by
      ? sql`u.id = ${by.userId}::integer`
      : sql`u.login_key = fold_login(${by.login}::text)`;
  const { rows } = await sql<PersonRow & { password_hash: string | null }>`
    select ${personColumns}, u.password_hash
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${tenant.id} and u.active and ${means}`.execute(db);
  return rows[0];
}
