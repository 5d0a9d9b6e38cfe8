// res.currency: what is paid with, the same for every tenant. Odoo calls a currency by its code.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';

export const currency = defineModel({
  name: 'res.currency',
  table: 'currencies',
  shared: true,
  searched: ['name', 'full_name'],
  order: 'name',
  fields: {
    name: { kind: 'char', column: 'code', required: true },
    full_name: { kind: 'char', column: 'name', translated: true },
    symbol: { kind: 'char', required: true },
    decimal_places: { kind: 'integer' },
    rounding: {
      kind: 'float',
      sql: (row) => sql`power(10.0, -${row.column('decimal_places')})::float8`,
    },
    active: { kind: 'boolean', sql: (row) => sql`${row.column('id')} is not null` },
  },
  rights: { '*': 'r' },
  list: ['name', 'full_name', 'symbol', 'decimal_places'],
});
