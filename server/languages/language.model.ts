// res.lang: the languages we ship; those a tenant has loaded are active.
import { sql } from 'kysely';
import { defineModel } from '../models/define.ts';
import { SETTINGS } from '../store/caller.ts';
import { known } from './known.ts';
import { languageActs } from './language.acts.ts';

const rows = known.map(({ id, code, name, urlCode, direction, formats }) => ({
  ...formats,
  ...{ id, code, name, direction },
  url_code: urlCode,
  iso_code: urlCode,
}));

export const language = defineModel({
  name: 'res.lang',
  source: ({ tenant }) => sql`(select k.*, l.code is not null as active
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k (id integer, code text, name text,
      iso_code text, url_code text, direction text, date_format text, time_format text,
      short_time_format text, week_start text, grouping text, decimal_point text, thousands_sep text)
    left join languages l on l.tenant = ${tenant.id} and l.code = k.code)`,
  searched: ['name', 'code'],
  order: 'active desc, name',
  fields: {
    name: { kind: 'char', required: true, readonly: true },
    code: { kind: 'char', required: true, readonly: true },
    iso_code: { kind: 'char', readonly: true },
    url_code: { kind: 'char', required: true, readonly: true },
    active: { kind: 'boolean', acted: true },
    direction: { kind: 'selection', options: ['ltr', 'rtl'], required: true, readonly: true },
    date_format: { kind: 'char', required: true, readonly: true },
    time_format: { kind: 'char', required: true, readonly: true },
    short_time_format: { kind: 'char', required: true, readonly: true },
    week_start: {
      kind: 'selection',
      options: ['1', '2', '3', '4', '5', '6', '7'],
      required: true,
      readonly: true,
    },
    grouping: { kind: 'char', required: true, readonly: true },
    decimal_point: { kind: 'char', required: true, readonly: true },
    thousands_sep: { kind: 'char', readonly: true },
  },
  acts: languageActs,
  rights: { '*': 'r', [SETTINGS]: 'rw' },
  list: ['name', 'code', 'active', 'direction', 'date_format'],
});
