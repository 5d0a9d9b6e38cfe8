// res.device: where people are signed in. A device is a living session; taking it away ends it.
import { sql, type RawBuilder } from 'kysely';
import { defineModel } from '../models/define.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL } from '../store/caller.ts';
import { browsers, mobileSystems, systems } from './devices.ts';
import { revoke } from './revoke.ts';

/** The first name in the list whose pattern the text meets, as `describeDevice` finds it. */
function named(list: readonly [RegExp, string][], text: RawBuilder<unknown>) {
  const cases = list.map(
    ([{ source }, name]) =>
      sql`when ${text} ~ ${sql.lit(source.replaceAll('\\b', '\\y'))} then ${sql.lit(name)}`,
  );
  return sql`case ${sql.join(cases, sql` `)} end`;
}

const agent = sql.ref('s.user_agent');
const isBrowser = sql`${agent} like 'Mozilla/%'`;

export const device = defineModel({
  name: 'res.device',
  source: ({ tenant, now, person }) => sql`(
    select s.number as id, s.user_id, s.address, s.created_at, s.last_seen_at,
      ${named(systems, agent)} as platform,
      case when ${isBrowser} then ${named(browsers, agent)} end as browser,
      s.id = ${person.session?.id ?? null}::uuid as is_current
    from sessions s where s.tenant = ${tenant.id}
      and s.last_seen_at > ${now()}::timestamptz
        - ${tenant.sessionIdleMinutes}::integer * interval '1 minute'
      and s.created_at > ${now()}::timestamptz
        - ${tenant.sessionAbsoluteMinutes}::integer * interval '1 minute')`,
  label: 'display_name',
  searched: ['platform', 'browser', 'ip_address'],
  order: 'last_activity desc',
  fields: {
    display_name: {
      kind: 'char',
      sql: (row) => sql`concat_ws(', ', ${row.column('browser')}, ${row.column('platform')})`,
    },
    user_id: { kind: 'many2one', to: 'res.users', readonly: true },
    platform: { kind: 'char', readonly: true },
    browser: { kind: 'char', readonly: true },
    device_type: {
      kind: 'selection',
      options: ['computer', 'mobile'],
      sql: (
        row,
      ) => sql`case when ${row.column('platform')} in (${sql.join(mobileSystems.map((name) => sql.lit(name)))})
        then 'mobile' else 'computer' end`,
    },
    ip_address: { kind: 'char', column: 'address', readonly: true },
    linked_ip_addresses: { kind: 'text', sql: (row) => row.column('address') },
    // Places are not looked up: no list of them is kept here.
    country: { kind: 'char', sql: () => sql`null::text` },
    city: { kind: 'char', sql: () => sql`null::text` },
    first_activity: { kind: 'datetime', column: 'created_at', readonly: true },
    last_activity: { kind: 'datetime', column: 'last_seen_at', readonly: true },
    is_current: { kind: 'boolean', readonly: true },
    revoked: { kind: 'boolean', sql: (row) => sql`${row.column('id')} is null` },
  },
  acts: {
    revoke: {
      ids: true,
      run: async ({ asker, ids }) => {
        await revoke(asker, ids);
        return true;
      },
    },
  },
  rights: { [INTERNAL]: 'r', [PORTAL]: 'r', [ACCESS_RIGHTS]: 'r' },
  rules: [
    { name: 'res.device own', domain: "[('user_id', '=', user.id)]", groups: [INTERNAL, PORTAL] },
    { name: 'res.device all', domain: "[(1, '=', 1)]", groups: [ACCESS_RIGHTS] },
  ],
  list: ['user_id', 'platform', 'browser', 'ip_address', 'last_activity'],
});
