// SQL of preferences.
import { sql } from 'kysely';
import type { Caller, Person } from '../store/caller.ts';
import { fixed } from '../store/fixed.ts';
import { waiting } from './address.store.ts';
import type { Profile } from './preferences.ts';

const profile = fixed(
  'huis_profile',
  (of: { tenant: number; userId: number; now: Date }) => sql<Profile>`
    select p.name, u.login, p.job_title as "jobTitle", p.mobile, p.phone,
      u.notification_type as "notificationType", p.language, p.time_zone as "timeZone",
      coalesce(p.email, '') as email, u.signature,
      (select to_json(w) from (${waiting(of)}) w) as waiting
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${of.tenant} and u.id = ${of.userId}`,
);

/** The profile of a person; undefined for somebody deleted meanwhile. */
export async function read({ db, tenant, now }: Caller, { id }: Person) {
  const [found] = await profile.run(db, { tenant: tenant.id, userId: id, now: now() });
  return found;
}

/** What to write; undefined leaves a column as it is. */
export interface Values {
  notificationType: string | undefined;
  language: string | undefined;
  timeZone: string | undefined;
  email: string | undefined;
  signature: string | undefined;
}

/** Writes user and partner in one statement; a row that nothing is new in stays as it is. */
export async function write({ db, tenant, now }: Caller, person: Person, values: Values) {
  const { notificationType, language, timeZone, email, signature } = values;
  const anyOf = (...news: unknown[]) => news.some((value) => value !== undefined);
  await sql`
    with mine as (
      update users set notification_type = coalesce(${notificationType ?? null}::text, notification_type),
        signature = coalesce(${signature ?? null}::text, signature), updated_at = ${now()}
      where tenant = ${tenant.id} and id = ${person.id} and ${anyOf(notificationType, signature)}::boolean
    )
    update partners set language = coalesce(${language ?? null}::text, language),
      time_zone = coalesce(${timeZone ?? null}::text, time_zone),
      email = coalesce(${email ?? null}::text, email), updated_at = ${now()}
    where tenant = ${tenant.id} and id = ${person.partnerId}
      and ${anyOf(language, timeZone, email)}::boolean`.execute(db);
}
