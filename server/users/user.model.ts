// res.users: accounts. A user is made of a partner: name, address, language and picture are that one's.
// Rights on other people's accounts, invitations and passwords are acts (user.acts.ts).
import { sql } from 'kysely';
import { defineModel, type Row } from '../models/define.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL, SETTINGS } from '../store/caller.ts';
import { userActs } from './user.acts.ts';

const mine = (
  row: Row,
  alias: string,
) => sql`${sql.ref(`${alias}.tenant`)} = ${row.column('tenant')}
  and ${sql.ref(`${alias}.user_id`)} = ${row.column('id')}`;

export const user = defineModel({
  name: 'res.users',
  table: 'users',
  delegates: { field: 'partner_id', to: 'res.partner' },
  searched: ['name', 'login', 'email'],
  order: 'name, login',
  fields: {
    partner_id: {
      kind: 'many2one',
      to: 'res.partner',
      required: true,
      onDelete: 'restrict',
      copied: false,
      own: 'read',
    },
    login: { kind: 'char', required: true, size: 320, own: 'read' },
    password: { kind: 'char', secret: true, acted: true, copied: false },
    new_password: { kind: 'char', secret: true, acted: true, copied: false },
    active: { kind: 'boolean', default: true, copied: false },
    active_partner: {
      kind: 'boolean',
      sql: (row) => sql`select p.active from partners p
        where p.tenant = ${row.column('tenant')} and p.id = ${row.column('partner_id')}`,
    },
    share: {
      kind: 'boolean',
      sql: (row) => sql`not exists (select from group_users m
        join groups g on g.tenant = m.tenant and g.id = m.group_id
        where ${mine(row, 'm')} and g.external_id = ${INTERNAL})`,
      own: 'read',
    },
    company_id: {
      kind: 'many2one',
      to: 'res.company',
      required: true,
      onDelete: 'restrict',
      default: ({ person }) => person.companyId,
      own: 'write',
    },
    company_ids: {
      kind: 'many2many',
      to: 'res.company',
      pairs: { table: 'company_users', own: 'user_id', other: 'company_id' },
      own: 'read',
    },
    companies_count: {
      kind: 'integer',
      sql: (row) => sql`select count(*)::integer from companies c
        where c.tenant = ${row.column('tenant')} and c.active`,
      own: 'read',
    },
    groups_id: {
      kind: 'many2many',
      to: 'res.groups',
      pairs: { table: 'group_users', own: 'user_id', other: 'group_id' },
      acted: true,
      own: 'read',
    },
    groups_count: {
      kind: 'integer',
      sql: (row) => sql`select count(*)::integer from group_users m where ${mine(row, 'm')}`,
      technical: true,
    },
    accesses_count: {
      kind: 'integer',
      sql: (row) => sql`select count(*)::integer from model_access a
        where a.tenant = ${row.column('tenant')} and a.active and a.group_id in (
          select m.group_id from group_users m where ${mine(row, 'm')})`,
      technical: true,
    },
    rules_count: {
      kind: 'integer',
      sql: (row) => sql`select count(*)::integer from record_rules r
        where r.tenant = ${row.column('tenant')} and r.active and exists (
          select from record_rule_groups l
          join group_users m on m.tenant = l.tenant and m.group_id = l.group_id
          where l.tenant = r.tenant and l.rule_id = r.id and ${mine(row, 'm')})`,
      technical: true,
    },
    state: {
      kind: 'selection',
      options: ['new', 'active'],
      sql: (row) =>
        sql`case when ${row.column('last_sign_in_at')} is null then 'new' else 'active' end`,
    },
    login_date: { kind: 'datetime', sql: (row) => row.column('last_sign_in_at') },
    log_ids: { kind: 'one2many', to: 'res.users.log', by: 'create_uid', groups: [SETTINGS] },
    api_key_ids: { kind: 'one2many', to: 'res.users.apikeys', by: 'user_id', own: 'read' },
    device_ids: { kind: 'one2many', to: 'res.device', by: 'user_id', own: 'read' },
    // Nobody is led anywhere but home yet.
    action_id: {
      kind: 'many2one',
      to: 'ir.actions.actions',
      sql: () => sql`null::integer`,
      own: 'read',
    },
    /** Groups here are granted with all that they imply, so that there is never anything to warn of. */
    user_group_warning: { kind: 'text', sql: () => sql`null::text`, technical: true },
    // Nobody has a second factor yet.
    totp_enabled: { kind: 'boolean', sql: (row) => sql`${row.column('id')} is null`, own: 'read' },
    notification_type: {
      kind: 'selection',
      options: ['email', 'inbox'],
      required: true,
      default: 'email',
      own: 'write',
    },
    signature: { kind: 'html', own: 'write' },
  },
  acts: userActs,
  rights: { [INTERNAL]: 'r', [PORTAL]: 'r', [ACCESS_RIGHTS]: 'rwcu' },
  rules: [
    {
      name: 'res.users company',
      domain: "['|', ('share', '=', False), ('company_ids', 'in', company_ids)]",
      groups: [],
    },
    { name: 'res.users portal: oneself', domain: "[('id', '=', user.id)]", groups: [PORTAL] },
  ],
  filters: [
    { name: 'internal', domain: [['share', '=', false]], among: 'type', preset: true },
    { name: 'portal', domain: [['share', '=', true]], among: 'type' },
    { name: 'never', domain: [['state', '=', 'new']] },
  ],
  list: ['name', 'login', 'lang', 'login_date', 'company_id', 'state'],
  form: [
    { fields: ['name', 'lastname', 'firstname', 'login', 'email', 'partner_id'] },
    { tab: 'rights', fields: ['groups_id', 'company_ids', 'company_id'] },
    { tab: 'preferences', fields: ['lang', 'tz', 'notification_type', 'signature'] },
    { tab: 'security', fields: ['totp_enabled', 'api_key_ids', 'device_ids', 'log_ids'] },
  ],
});
