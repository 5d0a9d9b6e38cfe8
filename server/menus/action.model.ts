// ir.actions.actions: what people may be led to after signing in. Nobody is led anywhere but home yet; the
// model is there because clients read `action_id` of themselves.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { INTERNAL, PORTAL } from '../store/caller.ts';

export const action = defineModel({
  name: 'ir.actions.actions',
  source: () =>
    sql`(select null::integer as id, null::text as name, null::text as type where false)`,
  fields: {
    name: { kind: 'char', readonly: true },
    type: { kind: 'char', readonly: true },
  },
  rights: { [INTERNAL]: 'r', [PORTAL]: 'r' },
  list: ['name', 'type'],
});
