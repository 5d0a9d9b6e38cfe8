// res.users.log: one record a sign-in.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { SETTINGS } from '../store/caller.ts';

export const userLog = defineModel({
  name: 'res.users.log',
  source: ({ tenant }) => sql`(select id, user_id, created_at from sign_ins
    where tenant = ${tenant.id})`,
  label: 'create_date',
  order: 'id desc',
  fields: {
    create_uid: { kind: 'many2one', to: 'res.users', column: 'user_id', readonly: true },
    create_date: { kind: 'datetime', column: 'created_at', readonly: true },
    display_name: {
      kind: 'char',
      sql: (row) =>
        sql`to_char(${row.column('created_at')} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`,
    },
  },
  rights: { [SETTINGS]: 'r' },
  list: ['create_uid', 'create_date'],
});
