// What ir.model.access and ir.rule do beyond the generic verbs. Rights are changed by Settings administrators
// alone: whoever else could would give themselves what they like. No change may leave them unable to change
// rights again.
import { Refusal } from '../kernel/refusal.ts';
import { asSystem, withArchived } from '../models/asker.ts';
import { deleteRecords, insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act, Asker, Model, Operation } from '../models/define.ts';
import { read } from '../models/read.ts';
import { modelById } from '../models/registry.ts';
import { mustUse } from '../models/rights.ts';
import { tryRule } from '../models/rule-trial.ts';
import { mustRuleGroups } from './limits.ts';
import { takeTurn } from './memberships.ts';
import { mustStayOpen } from './rights-stay.ts';

/** Models whose rows no rule may hide: nobody could lift such a rule. */
const UNRULED = ['ir.rule', 'ir.model.access'];

/** Throws Refusal `model_unknown` (404) for a number that is no model's. */
function checkModel(values: Values): void {
  const { model_id: id } = values;
  if (typeof id === 'number' && !modelById(id))
    throw new Refusal('model_unknown', { status: 404, values: { model: id } });
}

/** Tries what is stored now. Throws Refusal `rule_invalid` (422). */
async function checkRules(asker: Asker, model: Model, ids: readonly number[]): Promise<void> {
  const all = withArchived(asSystem(asker, 'try a record rule'));
  const rows = await read(all, model, ids, {
    fields: ['model_id', 'domain_force'],
    plainIds: true,
  });
  for (const row of rows) {
    const ruled = modelById(row.model_id as number);
    if (!ruled || UNRULED.includes(ruled.name))
      throw new Refusal('rule_invalid', { status: 422, values: { rule: ruled?.name ?? '?' } });
    await tryRule(asker, ruled, row.domain_force as string);
  }
}

/** An emptied domain is a rule that lets everything through. */
function settled(values: Values): Values {
  const { domain_force: domain } = values;
  const empty = domain === false || (typeof domain === 'string' && domain.trim() === '');
  return empty ? { ...values, domain_force: '[]' } : values;
}

async function open(asker: Asker, model: Model, operation: Operation): Promise<void> {
  mustUse(asker, model, operation);
  mustRuleGroups(asker);
  await takeTurn(asker);
}

type Check = (asker: Asker, model: Model, ids: readonly number[]) => Promise<void>;

function acts(check: Check): Readonly<Record<string, Act>> {
  return {
    create: {
      run: async ({ asker, model, named }) => {
        await open(asker, model, 'create');
        const list = (named.vals_list as Values[]).map(settled);
        list.forEach(checkModel);
        const ids = await insertRecords(asker, model, list);
        await check(asker, model, ids);
        return ids;
      },
    },
    write: {
      ids: true,
      run: async ({ asker, model, ids, named }) => {
        await open(asker, model, 'write');
        const values = settled(named.vals as Values);
        checkModel(values);
        await updateRecords(asker, model, ids, values);
        await check(asker, model, ids);
        return true;
      },
    },
    unlink: {
      ids: true,
      run: async ({ asker, model, ids }) => {
        await open(asker, model, 'unlink');
        await deleteRecords(asker, model, ids);
        await check(asker, model, []);
        return true;
      },
    },
  };
}

/** Throws beside the registry's refusals `not_allowed` (403), `model_unknown` (404), `rights_lost` (409). */
export const accessActs = acts((asker) => mustStayOpen(asker));

/** Throws beside the registry's refusals `not_allowed` (403), `model_unknown` (404), `rule_invalid` (422). */
export const ruleActs = acts(checkRules);
