// res.partner: people and organisations, with an account or without. Users are made of one.
import { sql, type RawBuilder } from 'kysely';
import { PARTNER_MANAGER } from '../access/names.ts';
import { loadedChoices } from '../languages/load.ts';
import { defineModel, type Field, type Row } from '../models/define.ts';
import { timeZoneNames } from '../preferences/time-zones.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL } from '../store/caller.ts';
import { partnerActs } from './partner.acts.ts';

/** The stored picture nearest to a size, as base64 text; nothing is drawn for who has none. */
function picture(size: 1024 | 128): Field {
  return {
    kind: 'binary',
    sql: (row) => sql`select translate(encode(i.content, 'base64'), E'\n', '') from pictures i
      where i.tenant = ${row.column('tenant')} and i.partner_id = ${row.column('id')}
        and i.size = ${sql.lit(size)}`,
    readonly: true,
    copied: false,
    own: 'read',
  };
}

/** Offset of the person's time zone now, as `+0100`. */
const offset = (row: Row) => sql`select case when m < 0 then '-' else '+' end
    || to_char(abs(m) / 60, 'FM00') || to_char(abs(m) % 60, 'FM00')
  from (select (extract(epoch from (now() at time zone coalesce(${row.column('time_zone')}, 'UTC'))
    - (now() at time zone 'UTC')) / 60)::integer) as o (m)`;

/** Of the newest link with which somebody of this partner may set a password. Its address is nobody's to read. */
const livingLink = (row: Row, what: RawBuilder<unknown>) => sql`(select ${what} from links l
  join users u on u.tenant = l.tenant and u.id = l.user_id and u.active
  where u.tenant = ${row.column('tenant')} and u.partner_id = ${row.column('id')}
    and l.purpose in ('reset', 'invitation', 'rescue') and l.ended_at is null
    and l.expires_at > ${row.asker.now()}
  order by l.created_at desc limit 1)`;

export const partner = defineModel({
  name: 'res.partner',
  table: 'partners',
  label: 'complete_name',
  searched: ['complete_name', 'email', 'ref', 'vat'],
  searchedColumn: 'search_folded',
  order: 'complete_name, id desc',
  fields: {
    name: {
      kind: 'char',
      required: true,
      madeFrom: ['firstname', 'lastname'],
      folded: 'name_folded',
      size: 320,
      own: 'write',
    },
    complete_name: { kind: 'char', readonly: true, copied: false },
    firstname: { kind: 'char', column: 'first_name', size: 320, copied: false, own: 'write' },
    lastname: { kind: 'char', column: 'last_name', size: 320, copied: false, own: 'write' },
    active: { kind: 'boolean', default: true, copied: false },
    is_company: { kind: 'boolean', default: false },
    company_type: {
      kind: 'selection',
      options: ['person', 'company'],
      sql: (row) => sql`case when ${row.column('is_company')} then 'company' else 'person' end`,
    },
    type: {
      kind: 'selection',
      options: ['contact', 'invoice', 'delivery', 'other'],
      required: true,
      default: 'contact',
    },
    parent_id: { kind: 'many2one', to: 'res.partner', onDelete: 'restrict' },
    child_ids: { kind: 'one2many', to: 'res.partner', by: 'parent_id' },
    commercial_partner_id: { kind: 'many2one', to: 'res.partner', readonly: true, copied: false },
    user_ids: { kind: 'one2many', to: 'res.users', by: 'partner_id' },
    company_id: { kind: 'many2one', to: 'res.company', onDelete: 'restrict' },
    email: { kind: 'char', folded: 'email_folded', size: 320, own: 'write' },
    email_formatted: {
      kind: 'char',
      sql: (row) => sql`case when ${row.column('email')} <> '' then format('"%s" <%s>',
        replace(${row.column('name')}, '"', ''), ${row.column('email')}) end`,
    },
    phone: { kind: 'char', size: 64 },
    mobile: { kind: 'char', size: 64 },
    lang: { kind: 'selection', column: 'language', options: loadedChoices, own: 'write' },
    tz: {
      kind: 'selection',
      column: 'time_zone',
      options: async () => timeZoneNames().map((name) => [name, name]),
      own: 'write',
    },
    tz_offset: { kind: 'char', sql: offset, own: 'read' },
    function: { kind: 'char', column: 'job_title', size: 320 },
    title: { kind: 'char', size: 64 },
    street: { kind: 'char' },
    street2: { kind: 'char' },
    zip: { kind: 'char', size: 24 },
    city: { kind: 'char' },
    state_id: { kind: 'many2one', to: 'res.country.state', onDelete: 'restrict' },
    country_id: { kind: 'many2one', to: 'res.country', onDelete: 'restrict' },
    country_code: {
      kind: 'char',
      sql: (row) => sql`select c.code from countries c where c.id = ${row.column('country_id')}`,
    },
    website: { kind: 'char' },
    vat: { kind: 'char', size: 64 },
    ref: { kind: 'char', size: 64 },
    comment: { kind: 'html' },
    color: { kind: 'integer' },
    category_id: {
      kind: 'many2many',
      to: 'res.partner.category',
      pairs: { table: 'partner_category_partners', own: 'partner_id', other: 'category_id' },
    },
    signup_type: {
      kind: 'char',
      sql: (row) =>
        livingLink(row, sql`case l.purpose when 'invitation' then 'signup' else 'reset' end`),
      groups: [ACCESS_RIGHTS],
    },
    signup_expiration: {
      kind: 'datetime',
      sql: (row) => livingLink(row, sql`l.expires_at`),
      groups: [ACCESS_RIGHTS],
    },
    signup_valid: {
      kind: 'boolean',
      sql: (row) => sql`${livingLink(row, sql`l.id`)} is not null`,
      groups: [ACCESS_RIGHTS],
    },
    partner_share: {
      kind: 'boolean',
      sql: (row) => sql`not exists (select from users u
        join group_users m on m.tenant = u.tenant and m.user_id = u.id
        join groups g on g.tenant = m.tenant and g.id = m.group_id
        where u.tenant = ${row.column('tenant')} and u.partner_id = ${row.column('id')} and u.active
          and g.external_id = ${INTERNAL})`,
    },
    image_1920: { ...picture(1024), readonly: false, acted: true, own: 'write' },
    image_1024: picture(1024),
    image_512: picture(1024),
    image_256: picture(1024),
    image_128: picture(128),
    avatar_1920: picture(1024),
    avatar_1024: picture(1024),
    avatar_512: picture(1024),
    avatar_256: picture(1024),
    avatar_128: picture(128),
  },
  acts: partnerActs,
  rights: { [INTERNAL]: 'r', [PARTNER_MANAGER]: 'rwcu', [PORTAL]: 'r' },
  rules: [
    {
      name: 'res.partner company',
      domain: "['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]",
      groups: [],
    },
    {
      name: 'res.partner portal: own organisation, and the co-operative itself',
      domain:
        "['|', ('commercial_partner_id', '=', user.commercial_partner_id.id), ('id', '=', user.company_id.partner_id.id)]",
      groups: [PORTAL],
    },
  ],
  list: ['complete_name', 'email', 'phone', 'city', 'country_id', 'category_id'],
  form: [
    {
      fields: [
        'name',
        'lastname',
        'firstname',
        'is_company',
        'parent_id',
        'function',
        'email',
        'phone',
        'mobile',
        'website',
        'category_id',
      ],
    },
    {
      tab: 'address',
      fields: ['type', 'street', 'street2', 'zip', 'city', 'state_id', 'country_id', 'child_ids'],
    },
    { tab: 'preferences', fields: ['lang', 'tz', 'company_id', 'ref', 'vat'] },
    { tab: 'notes', fields: ['comment', 'active', 'user_ids'] },
  ],
});
