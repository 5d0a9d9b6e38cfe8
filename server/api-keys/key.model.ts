// res.users.apikeys: keys without their value, for clients that list or remove them.
import { sql } from 'kysely';
import { heldSecret } from '../kernel/secrets.ts';
import { defineModel } from '../models/define.ts';
import { INTERNAL, PORTAL, SETTINGS } from '../store/caller.ts';
import { generateKey, revokeByText } from './program.ts';
import { removeKeys } from './remove.ts';

export const apiKey = defineModel({
  name: 'res.users.apikeys',
  table: 'api_keys',
  audited: false,
  order: 'id desc',
  fields: {
    name: { kind: 'char', readonly: true },
    user_id: { kind: 'many2one', to: 'res.users', readonly: true },
    /** Nothing for a key that reaches as far as its owner, as Odoo has it. */
    scope: {
      kind: 'char',
      sql: (row) => sql`nullif(concat_ws(': ', case when ${row.column('read_only')} then 'read' end,
        array_to_string(${row.column('models')}, ', ')), '')`,
    },
    create_date: { kind: 'datetime', column: 'created_at', readonly: true },
    expiration_date: { kind: 'datetime', column: 'expires_at', readonly: true },
    last_used_at: { kind: 'datetime', readonly: true },
    last_address: { kind: 'char', readonly: true },
    last_protocol: { kind: 'char', readonly: true },
  },
  acts: {
    // As in Odoo 19: for programs that renew their own keys.
    generate: {
      params: ['key', 'scope', 'name', 'expiration_date'],
      run: ({ asker, named }) => generateKey(asker, heldSecret(), named),
    },
    revoke: {
      params: ['key'],
      run: async ({ asker, named }) => {
        await revokeByText(asker, heldSecret(), named.key);
        return null;
      },
    },
    remove: {
      ids: true,
      run: async ({ asker, ids }) => {
        await removeKeys(asker, ids);
        return { type: 'ir.actions.act_window_close' };
      },
    },
  },
  rights: { [INTERNAL]: 'r', [PORTAL]: 'r', [SETTINGS]: 'r' },
  rules: [
    {
      name: 'res.users.apikeys own',
      domain: "[('user_id', '=', user.id)]",
      groups: [INTERNAL, PORTAL],
    },
    { name: 'res.users.apikeys all', domain: "[(1, '=', 1)]", groups: [SETTINGS] },
  ],
  list: ['name', 'user_id', 'scope', 'create_date', 'expiration_date', 'last_used_at'],
});
