// SQL of reading a person by number or login.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import { personColumns, type PersonRow } from '../store/person.ts';

interface Found extends PersonRow {
  password_hash: string | null;
  must_change_password: boolean;
}

/** The living person with this number or login, and what is stored of their password. */
export async function find(
  { db, tenant }: Caller,
  by: { userId: number } | { login: string },
): Promise<Found | undefined> {
  const means =
    'userId' in by
      ? sql`u.id = ${by.userId}::integer`
      : sql`u.login_key = fold_login(${by.login}::text)`;
  const { rows } = await sql<Found>`
    select ${personColumns}, u.password_hash, u.must_change_password
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${tenant.id} and u.active and ${means}`.execute(db);
  return rows[0];
}
