// What res.groups does beyond the generic verbs: memberships are kept with all that follows from them, and
// nobody gives a group that they do not hold.
import { Refusal } from '../kernel/refusal.ts';
import {
  create,
  deleteRecords,
  insertRecords,
  unlink,
  updateRecords,
  write,
} from '../models/change.ts';
import type { Values } from '../models/change.ts';
import { readCommands, type Command } from '../models/commands.ts';
import type { Act, Asker, Model } from '../models/define.ts';
import { checkRows } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { mustUse } from '../models/rights.ts';
import * as store from './group.store.ts';
import { readGroups } from './group-graph.ts';
import { mustGive, mustManage, mustRuleGroups } from './limits.ts';
import { mustStayOpen } from './rights-stay.ts';
import { changeGroups, extend, membersOf, takeTurn } from './memberships.ts';

/** Fields that say what a group's members may do. */
const POWERS = ['implied_ids', 'model_access', 'rule_groups'];

/** Commands on users themselves are done to them; the rest come back as people to add and to take out. */
async function settlePeople(asker: Asker, commands: readonly Command[], before: readonly number[]) {
  const users = findModel('res.users');
  let now = new Set(before);
  for (const command of commands) {
    if (command.do === 'create') {
      const [id] = await create(asker, users, [command.values]);
      now.add(id!);
    } else if (command.do === 'update') await write(asker, users, [command.id], command.values);
    else if (command.do === 'delete') {
      await unlink(asker, users, [command.id]);
      now.delete(command.id);
    } else if (command.do === 'replace') now = new Set(command.ids);
    else if (command.do === 'link') now.add(command.id);
    else now.delete(command.id);
  }
  return {
    added: [...now].filter((id) => !before.includes(id)),
    gone: before.filter((id) => !now.has(id)),
  };
}

async function changePeople(asker: Asker, id: number, value: unknown): Promise<void> {
  const commands = readCommands(value);
  const { added, gone } = await settlePeople(asker, commands, await membersOf(asker, id));
  const users = findModel('res.users');
  if (added.length > 0) await checkRows(asker, users, added, 'read');
  await mustManage(asker, [...added, ...gone]);
  if (added.length > 0) await changeGroups(asker, added, [{ do: 'link', id }]);
  if (gone.length > 0) await changeGroups(asker, gone, [{ do: 'unlink', id }]);
}

/**
 * What follows from other implications: members get what their groups imply now; what is implied no
 * longer stays with them, as in Odoo. Throws Refusal `group_circular`, `user_type_unclear`, `group_not_yours` (403).
 */
async function settleImplications(asker: Asker, id: number): Promise<void> {
  const graph = await readGroups(asker);
  if (graph.isCircular(id))
    throw new Refusal('group_circular', { status: 422, values: { group: graph.nameOf(id) } });
  const closure = graph.closure([id]);
  if (graph.typesAmong(closure).length > 1) throw new Refusal('user_type_unclear');
  mustGive(asker, graph, graph.impliedBy(id));
  const members = await membersOf(asker, id);
  await extend(asker, graph, members);
}

/** Throws Refusal `group_name_taken` (409), `group_name_dash` (422). After a change. */
async function checkNames(asker: Asker, ids: readonly number[], values: Values): Promise<void> {
  const { name } = values;
  if (typeof name === 'string' && name.trim().startsWith('-'))
    throw new Refusal('group_name_dash', { status: 422, field: 'name' });
  if (!('name' in values) && !('category_id' in values)) return;
  if (await store.hasNamesake(asker, ids))
    throw new Refusal('group_name_taken', { status: 409, field: 'name' });
}

async function settle(asker: Asker, model: Model, ids: readonly number[], values: Values) {
  await checkNames(asker, ids, values);
  for (const id of ids) {
    if ('implied_ids' in values) await settleImplications(asker, id);
    if ('users' in values) await changePeople(asker, id, values.users);
  }
  if ('implied_ids' in values) await mustStayOpen(asker);
}

function checkPowers(asker: Asker, values: Values): void {
  if (POWERS.some((name) => name in values)) mustRuleGroups(asker);
}

/** People are no plain list of the registry: their memberships bring others along. */
function withoutPeople(values: Values): Values {
  const { users: _people, ...plain } = values;
  return plain;
}

/**
 * The taken-over verbs. Beside the registry's refusals they throw `group_circular` (422), `group_name_taken` (409),
 * `group_name_dash` (422), `group_seeded` (409), `not_allowed` (403), `group_not_yours` (403), `person_above` (403),
 * `user_type_unclear` and `last_administrator` (409).
 */
export const groupActs: Readonly<Record<string, Act>> = {
  create: {
    run: async ({ asker, model, named }) => {
      mustUse(asker, model, 'create');
      await takeTurn(asker);
      const ids: number[] = [];
      for (const values of named.vals_list as Values[]) {
        checkPowers(asker, values);
        const [id] = await insertRecords(asker, model, [withoutPeople(values)]);
        await settle(asker, model, [id!], values);
        ids.push(id!);
      }
      return ids;
    },
  },
  write: {
    ids: true,
    run: async ({ asker, model, ids, named }) => {
      const values = named.vals as Values;
      mustUse(asker, model, 'write');
      await takeTurn(asker);
      checkPowers(asker, values);
      await updateRecords(asker, model, ids, withoutPeople(values));
      await settle(asker, model, ids, values);
      return true;
    },
  },
  unlink: {
    ids: true,
    run: async ({ asker, model, ids }) => {
      mustUse(asker, model, 'unlink');
      await takeTurn(asker);
      const graph = await readGroups(asker);
      const seeded = ids.find((id) => graph.externalIdOf(id)?.startsWith('base.'));
      if (seeded !== undefined)
        throw new Refusal('group_seeded', { status: 409, values: { group: graph.nameOf(seeded) } });
      mustGive(asker, graph, ids);
      // A rule that lost its last group would bind everybody.
      if (await store.hasRules(asker, ids))
        throw new Refusal('record_in_use', { status: 409, values: { constraint: 'ir.rule' } });
      await deleteRecords(asker, model, ids);
      await mustStayOpen(asker);
      return true;
    },
  },
};
