// A rule that cannot be read would bar its whole model: it is refused before it is stored.
import { insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act } from '../models/define.ts';
import { modelById } from '../models/registry.ts';
import { readRule } from '../models/rule-text.ts';
import { Refusal } from '../kernel/refusal.ts';

/** Throws Refusal `rule_invalid`, also for a rule about rules: nobody could lift it. */
function check(values: Values): void {
  const { domain_force: domain, model_id: model } = values;
  if (typeof domain === 'string') readRule(domain.trim() === '' ? '[]' : domain);
  const id = Array.isArray(model) ? (model[0] as unknown) : model;
  if (typeof id === 'number' && modelById(id)?.name === 'ir.rule')
    throw new Refusal('rule_invalid', { status: 422, values: { rule: 'ir.rule' } });
}

/** An emptied domain is a rule that lets everything through. */
function settled(values: Values): Values {
  const { domain_force: domain } = values;
  const empty = domain === false || (typeof domain === 'string' && domain.trim() === '');
  return empty ? { ...values, domain_force: '[]' } : values;
}

export const ruleActs: Readonly<Record<string, Act>> = {
  create: {
    run: ({ asker, model, named }) => {
      const list = named.vals_list as Values[];
      list.forEach(check);
      return insertRecords(asker, model, list.map(settled));
    },
  },
  write: {
    ids: true,
    run: async ({ asker, model, ids, named }) => {
      const values = named.vals as Values;
      check(values);
      await updateRecords(asker, model, ids, settled(values));
      return true;
    },
  },
};
