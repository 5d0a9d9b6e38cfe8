// SQL of making a person.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** Inserts partner and user; null when the login is taken. */
export async function insertUser(
  { db, tenant, now }: Caller,
  facts: {
    login: string;
    name: string;
    email: string | null;
    language: string | null;
    passwordHash: string | null;
  },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    with free as (
      select 1 where not exists (select from users
        where tenant = ${tenant.id} and login_key = fold_login(${facts.login}))
    ), partner as (
      insert into partners (tenant, name, email, language)
      select ${tenant.id}, ${facts.name}::text, ${facts.email}::text, ${facts.language}::text from free
      returning id
    )
    insert into users (tenant, partner_id, company_id, login, password_hash, password_changed_at)
    select ${tenant.id}, partner.id,
      (select min(id) from companies where tenant = ${tenant.id}), ${facts.login}::text,
      ${facts.passwordHash}::text, case when ${facts.passwordHash}::text is null then null else ${now()}::timestamptz end
    from partner
    on conflict (tenant, login_key) do nothing
    returning id`.execute(db);
  return rows[0]?.id ?? null;
}
