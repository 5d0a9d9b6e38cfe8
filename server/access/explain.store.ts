// SQL of explaining: one person as a caller, and their keys.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A person with what rights hang on. */
export interface Subject {
  id: number;
  partnerId: number;
  companyId: number;
  login: string;
  name: string;
  email: string | null;
  active: boolean;
  groups: string[];
  companyIds: number[];
  rightsStamp: string;
  keys: { name: string; readOnly: boolean; models: string[] | null }[];
}

export async function findSubject({ db, tenant, now }: Caller, login: string) {
  const { rows } = await sql<Subject>`
    select u.id, u.partner_id as "partnerId", u.company_id as "companyId", u.login, p.name, p.email,
      u.active,
      array(select g.external_id from group_users m join groups g
        on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = u.tenant and m.user_id = u.id) as groups,
      array(select m.company_id from company_users m
        where m.tenant = u.tenant and m.user_id = u.id) as "companyIds",
      (select r.stamp from rights_stamps r where r.tenant = u.tenant) as "rightsStamp",
      (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'readOnly', k.read_only,
          'models', k.models) order by k.id), '[]')
        from api_keys k where k.tenant = u.tenant and k.user_id = u.id
          and (k.expires_at is null or k.expires_at > ${now()}::timestamptz)) as keys
    from users u join partners p on p.tenant = u.tenant and p.id = u.partner_id
    where u.tenant = ${tenant.id} and u.login_key = fold_login(${login})`.execute(db);
  return rows[0];
}
