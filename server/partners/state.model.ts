// res.country.state: provinces and states, the same for every tenant.
import { defineModel } from '../models/define.ts';

export const countryState = defineModel({
  name: 'res.country.state',
  table: 'country_states',
  shared: true,
  searched: ['name', 'code'],
  order: 'name',
  fields: {
    name: { kind: 'char', translated: true, required: true },
    code: { kind: 'char', required: true },
    country_id: { kind: 'many2one', to: 'res.country', required: true },
  },
  rights: { '*': 'r' },
  list: ['name', 'code', 'country_id'],
});
