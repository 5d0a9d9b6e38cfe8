// huis.link: what became of every link, for those who help. Its secret is no field: only its hash is stored.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { ACCESS_RIGHTS } from '../store/caller.ts';

/** How far a link has come; the last that is true counts. */
const STATES = [
  'made',
  'queued',
  'failed',
  'sent',
  'opened',
  'expired',
  'used',
  'replaced',
  'changed',
  'withdrawn',
];

export const link = defineModel({
  name: 'huis.link',
  source: ({ tenant, now }) => sql`(
    select l.id, l.user_id, l.purpose, l.way, l.target, l.asked_by, l.created_at, l.expires_at,
      l.opened_at, l.ended_at, m.sent_at, m.failure_reason,
      coalesce(l.ending, case
        when l.expires_at <= ${now()}::timestamptz then 'expired'
        when l.opened_at is not null then 'opened'
        when m.state in ('exception', 'cancel') then 'failed'
        when m.state = 'outgoing' then 'queued'
        when m.state is not null then 'sent'
        else 'made' end) as state
    from links l
    left join lateral (
      select state, sent_at, failure_reason from mails
      where tenant = l.tenant and link_id = l.id order by id desc limit 1
    ) m on true
    where l.tenant = ${tenant.id})`,
  label: 'display_name',
  order: 'create_date desc, id desc',
  fields: {
    display_name: {
      kind: 'char',
      sql: (row) =>
        sql`to_char(${row.column('created_at')} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`,
    },
    create_date: { kind: 'datetime', column: 'created_at', readonly: true },
    user_id: { kind: 'many2one', to: 'res.users', readonly: true },
    purpose: {
      kind: 'selection',
      options: ['reset', 'invitation', 'rescue', 'address', 'address_undo'],
      readonly: true,
    },
    way: { kind: 'selection', options: ['mail', 'copy', 'letter', 'console'], readonly: true },
    target: { kind: 'char', readonly: true },
    asked_by: { kind: 'many2one', to: 'res.users', readonly: true },
    state: { kind: 'selection', options: STATES, readonly: true },
    sent_date: { kind: 'datetime', column: 'sent_at', readonly: true },
    failure_reason: { kind: 'text', readonly: true },
    opened_date: { kind: 'datetime', column: 'opened_at', readonly: true },
    ended_date: { kind: 'datetime', column: 'ended_at', readonly: true },
    expires_date: { kind: 'datetime', column: 'expires_at', readonly: true },
  },
  rights: { [ACCESS_RIGHTS]: 'r' },
  filters: [
    {
      name: 'living',
      domain: [['state', 'in', ['made', 'queued', 'sent', 'opened']]],
      among: 'state',
    },
    { name: 'failed', domain: [['state', '=', 'failed']], among: 'state' },
    { name: 'used', domain: [['state', '=', 'used']], among: 'state' },
    { name: 'expired', domain: [['state', '=', 'expired']], among: 'state' },
  ],
  list: ['create_date', 'user_id', 'purpose', 'way', 'asked_by', 'state'],
  form: [
    {
      fields: [
        'user_id',
        'purpose',
        'way',
        'target',
        'asked_by',
        'state',
        'create_date',
        'sent_date',
        'failure_reason',
        'opened_date',
        'ended_date',
        'expires_date',
      ],
    },
  ],
});
