// res.country: the world, the same for every tenant.
import { defineModel } from '../models/define.ts';

export const country = defineModel({
  name: 'res.country',
  table: 'countries',
  shared: true,
  searched: ['name', 'code'],
  order: 'name',
  fields: {
    name: { kind: 'char', translated: true, required: true },
    code: { kind: 'char', required: true },
    phone_code: { kind: 'integer' },
    state_ids: { kind: 'one2many', to: 'res.country.state', by: 'country_id' },
  },
  rights: { '*': 'r' },
  list: ['name', 'code', 'phone_code'],
});
