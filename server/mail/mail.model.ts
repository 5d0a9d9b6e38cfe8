// mail.mail: every mail of the co-operative: those the house posts, and those that administrators write.
import { defineModel, type Field } from '../models/define.ts';
import { SETTINGS } from '../store/caller.ts';
import { mailActs } from './mail.acts.ts';

/** Told by delivery, written by nobody. */
const told = { readonly: true, copied: false } as const;

const failureTypes = [
  'unknown',
  'mail_smtp',
  'mail_email_invalid',
  'mail_email_missing',
  'mail_from_invalid',
];

const state: Field = {
  ...told,
  kind: 'selection',
  options: ['outgoing', 'sent', 'received', 'exception', 'cancel'],
};

export const mail = defineModel({
  name: 'mail.mail',
  table: 'mails',
  label: 'subject',
  order: 'date desc, id desc',
  searched: ['subject', 'email_to', 'email_from'],
  fields: {
    subject: { kind: 'char', size: 1_000 },
    date: { ...told, kind: 'datetime', column: 'created_at' },
    author_id: { ...told, kind: 'many2one', to: 'res.partner' },
    email_from: { kind: 'char', size: 500 },
    email_to: { kind: 'text', size: 10_000 },
    recipient_ids: {
      kind: 'many2many',
      to: 'res.partner',
      pairs: { table: 'mail_recipients', own: 'mail_id', other: 'partner_id' },
    },
    email_cc: { kind: 'char', size: 10_000 },
    reply_to: { kind: 'char', size: 500 },
    scheduled_date: { kind: 'datetime', column: 'scheduled_at' },
    body_html: { kind: 'html' },
    state,
    sent_date: { ...told, kind: 'datetime', column: 'sent_at' },
    failure_type: { ...told, kind: 'selection', options: failureTypes },
    failure_step: { ...told, kind: 'char' },
    failure_reason: { ...told, kind: 'text' },
    attempts: { ...told, kind: 'integer' },
    auto_delete: { kind: 'boolean' },
    mail_server_id: { ...told, kind: 'many2one', to: 'ir.mail_server', column: 'server_id' },
    model: { ...told, kind: 'char' },
    res_id: { ...told, kind: 'integer' },
    message_id: { ...told, kind: 'char' },
  },
  acts: mailActs,
  rights: { [SETTINGS]: 'rwcu' },
  filters: [
    { name: 'outgoing', domain: [['state', '=', 'outgoing']], among: 'state' },
    { name: 'sent', domain: [['state', '=', 'sent']], among: 'state' },
    { name: 'failed', domain: [['state', '=', 'exception']], among: 'state' },
    { name: 'cancelled', domain: [['state', '=', 'cancel']], among: 'state' },
  ],
  list: ['date', 'subject', 'email_to', 'create_uid', 'state'],
  form: [
    {
      fields: [
        'subject',
        'email_from',
        'email_to',
        'recipient_ids',
        'email_cc',
        'reply_to',
        'scheduled_date',
      ],
    },
    { tab: 'body', fields: ['body_html'] },
    {
      tab: 'advanced',
      fields: [
        'sent_date',
        'attempts',
        'mail_server_id',
        'failure_type',
        'auto_delete',
        'model',
        'res_id',
        'message_id',
      ],
    },
  ],
});
