// res.company: what a tenant keeps books for. How to reach one is its partner's to say.
import { sql } from 'kysely';
import { defineModel, type Asker } from '../models/define.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL } from '../store/caller.ts';
import { companyActs } from './company.acts.ts';

/** Books are kept in euros until somebody says else. */
async function euro({ db }: Asker): Promise<number | undefined> {
  const found = await db.selectFrom('currencies').select('id').where('code', '=', 'EUR').execute();
  return found[0]?.id;
}

export const company = defineModel({
  name: 'res.company',
  table: 'companies',
  delegates: { field: 'partner_id', to: 'res.partner' },
  order: 'sequence, name',
  fields: {
    partner_id: { kind: 'many2one', to: 'res.partner', required: true, copied: false },
    parent_id: { kind: 'many2one', to: 'res.company', onDelete: 'restrict' },
    child_ids: { kind: 'one2many', to: 'res.company', by: 'parent_id' },
    currency_id: {
      kind: 'many2one',
      to: 'res.currency',
      required: true,
      onDelete: 'restrict',
      default: euro,
    },
    user_ids: {
      kind: 'many2many',
      to: 'res.users',
      pairs: { table: 'company_users', own: 'company_id', other: 'user_id' },
      copied: false,
    },
    sequence: { kind: 'integer', default: 10 },
    active: { kind: 'boolean', default: true },
    company_registry: { kind: 'char', size: 64 },
    primary_color: {
      kind: 'char',
      column: 'colour',
      size: 7,
      required: true,
      default: '#0f766e',
    },
    logo: {
      kind: 'binary',
      sql: (row) => sql`select translate(encode(i.content, 'base64'), E'\n', '') from pictures i
        where i.tenant = ${row.column('tenant')} and i.partner_id = ${row.column('partner_id')}
          and i.size = 1024`,
      readonly: true,
      copied: false,
    },
  },
  acts: companyActs,
  rights: { [INTERNAL]: 'r', [PORTAL]: 'r', [ACCESS_RIGHTS]: 'rwc' },
  rules: [
    {
      name: 'res.company own companies',
      domain: "[('id', 'in', company_ids)]",
      groups: [INTERNAL, PORTAL],
    },
    { name: 'res.company all', domain: "[(1, '=', 1)]", groups: [ACCESS_RIGHTS] },
  ],
  list: ['name', 'email', 'phone', 'city', 'currency_id'],
  form: [
    {
      fields: [
        'name',
        'street',
        'street2',
        'zip',
        'city',
        'state_id',
        'country_id',
        'phone',
        'email',
        'website',
        'vat',
        'company_registry',
        'currency_id',
        'parent_id',
      ],
    },
    { tab: 'users', fields: ['user_ids', 'sequence', 'primary_color', 'active'] },
  ],
});
