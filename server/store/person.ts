// The columns of a person, in one place for all who recognise one: by session, password or key. They
// expect users as `u`, partners as `p`.
import { sql } from 'kysely';
import type { Person } from './caller.ts';

/** What `personColumns` answer. */
export interface PersonRow {
  user_id: number;
  partner_id: number;
  company_id: number;
  login: string;
  name: string;
  email: string | null;
  language: string | null;
  time_zone: string | null;
  groups: string[];
  company_ids: number[];
  rights_stamp: string;
}

export const personColumns = sql`u.id as user_id, u.partner_id, u.company_id, u.login, p.name, p.email,
  p.language, p.time_zone,
  array(select g.external_id from group_users m join groups g
    on g.tenant = m.tenant and g.id = m.group_id
    where m.tenant = u.tenant and m.user_id = u.id) as groups,
  array(select m.company_id from company_users m
    where m.tenant = u.tenant and m.user_id = u.id) as company_ids,
  (select r.stamp from rights_stamps r where r.tenant = u.tenant) as rights_stamp`;

/** The person of a row, speaking through `session` if through one. */
export function toPerson(row: PersonRow, session: Person['session']): Person {
  return {
    id: row.user_id,
    partnerId: row.partner_id,
    companyId: row.company_id,
    login: row.login,
    name: row.name,
    email: row.email,
    groups: new Set(row.groups),
    companyIds: row.company_ids,
    rightsStamp: row.rights_stamp,
    session,
  };
}
