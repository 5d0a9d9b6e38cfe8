// ir.mail_server: outgoing mail servers of the co-operative's own. What is secret goes in and never comes out.
import { defineModel, type Field } from '../models/define.ts';
import { SETTINGS } from '../store/caller.ts';
import { serverActs } from './server.acts.ts';

/** Kept encrypted: written through the acts, read by nobody. */
const secret: Field = { kind: 'char', secret: true, acted: true, copied: false, size: 4_000 };

export const mailServer = defineModel({
  name: 'ir.mail_server',
  table: 'mail_servers',
  order: 'sequence, id',
  fields: {
    name: { kind: 'char', required: true, size: 200 },
    sequence: { kind: 'integer', default: 10 },
    active: { kind: 'boolean', default: true, copied: false },
    smtp_host: { kind: 'char', column: 'host', required: true, size: 253 },
    smtp_port: { kind: 'integer', column: 'port', required: true, default: 587 },
    smtp_encryption: {
      kind: 'selection',
      column: 'encryption',
      options: ['none', 'starttls', 'ssl'],
      required: true,
      default: 'starttls',
    },
    smtp_authentication: {
      kind: 'selection',
      column: 'authentication',
      options: ['login', 'xoauth2'],
      required: true,
      default: 'login',
    },
    smtp_user: { kind: 'char', column: 'username', size: 320 },
    smtp_pass: secret,
    from_filter: { kind: 'char', size: 1_000 },
    rate: { kind: 'integer' },
    oauth_client_id: { kind: 'char', column: 'client_id', size: 500 },
    oauth_client_secret: secret,
    oauth_refresh_token: secret,
    oauth_access_token: secret,
    oauth_token_url: { kind: 'char', column: 'token_url', size: 500 },
  },
  acts: serverActs,
  rights: { [SETTINGS]: 'rwcu' },
  list: ['name', 'smtp_host', 'smtp_port', 'smtp_encryption', 'from_filter', 'sequence'],
  form: [
    { fields: ['name', 'smtp_host', 'smtp_port', 'smtp_encryption'] },
    { tab: 'login', fields: ['smtp_authentication', 'smtp_user', 'smtp_pass'] },
    {
      tab: 'oauth',
      fields: [
        'oauth_client_id',
        'oauth_client_secret',
        'oauth_refresh_token',
        'oauth_access_token',
        'oauth_token_url',
      ],
    },
    { tab: 'advanced', fields: ['from_filter', 'sequence', 'rate', 'active'] },
  ],
});
