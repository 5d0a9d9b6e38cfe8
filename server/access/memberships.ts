// Who belongs to which groups. Memberships are kept with all that they imply, so that asking for a right
// never walks; changes of them take turns, so that two at once cannot each spare the other.
import { Refusal } from '../kernel/refusal.ts';
import { create, unlink, write } from '../models/change.ts';
import type { Command } from '../models/commands.ts';
import type { Asker } from '../models/define.ts';
import { findModel } from '../models/registry.ts';
import { INTERNAL, SETTINGS, type Caller } from '../store/caller.ts';
import { readGroups, type GroupGraph } from './group-graph.ts';
import { mustGive } from './limits.ts';
import * as store from './memberships.store.ts';

/** Makes changes of who may do what take turns in the tenant, until the transaction ends. */
export async function takeTurn(caller: Caller): Promise<void> {
  await store.takeTurn(caller);
}

/** Throws Refusal `last_administrator` (409) when no active person is left in Settings. After a change. */
export async function mustHaveAdministrator(caller: Caller): Promise<void> {
  if (!(await store.isPeopled(caller, SETTINGS)))
    throw new Refusal('last_administrator', { status: 409 });
}

/** Commands on groups themselves become commands that only link: new ones are made, old ones changed. */
export async function settleCommands(asker: Asker, commands: readonly Command[]) {
  const groups = findModel('res.groups');
  const links: Command[] = [];
  for (const command of commands) {
    if (command.do === 'create') {
      const [id] = await create(asker, groups, [command.values]);
      links.push({ do: 'link', id: id! });
    } else if (command.do === 'update') await write(asker, groups, [command.id], command.values);
    else if (command.do === 'delete') await unlink(asker, groups, [command.id]);
    else links.push(command);
  }
  return links;
}

/** What a list of groups becomes by commands that link, unlink and replace. */
function applied(commands: readonly Command[], before: Iterable<number>): Set<number> {
  let now = new Set(before);
  for (const command of commands) {
    if (command.do === 'link') now.add(command.id);
    if (command.do === 'unlink') now.delete(command.id);
    if (command.do === 'replace') now = new Set(command.ids);
  }
  return now;
}

/**
 * The groups a user has after the commands, implied ones included. Whoever stops being internal
 * keeps only what the same commands give, as Odoo does. Throws Refusal `user_type_unclear`.
 */
function settled(graph: GroupGraph, before: ReadonlySet<number>, commands: readonly Command[]) {
  const internal = graph.find(INTERNAL)!;
  const direct = applied(commands, before);
  const demoted = before.has(internal) && !direct.has(internal);
  // A replacement may say "Settings" alone: whether it is a demotion, its closure tells.
  const stays = commands.some((one) => one.do === 'replace') && graph.closure(direct).has(internal);
  const after = graph.closure(demoted && !stays ? applied(commands, []) : direct);
  graph.mustBeOneType(after);
  return after;
}

/**
 * Changes the groups of users by commands (see `settleCommands`). Asks the limits of delegated
 * administration about every group given or taken; whoever may touch these users at all was asked before.
 * Throws Refusal `group_unknown`, `group_not_yours` (403), `user_type_unclear`, `last_administrator` (409).
 */
export async function changeGroups(
  asker: Asker,
  userIds: readonly number[],
  commands: readonly Command[],
): Promise<void> {
  await takeTurn(asker);
  const graph = await readGroups(asker);
  for (const { id, groups } of await store.membersOf(asker, userIds)) {
    const before = new Set(groups);
    const after = settled(graph, before, commands);
    graph.mustHave(after);
    const given = [...after].filter((group) => !before.has(group));
    const taken = groups.filter((group) => !after.has(group));
    mustGive(asker, graph, [...given, ...taken]);
    if (given.length + taken.length === 0) continue;
    await store.setGroups(asker, id, [...after]);
    if (!after.has(graph.find(INTERNAL)!)) await store.leaveInbox(asker, id);
  }
  await mustHaveAdministrator(asker);
}

/** Gives users these groups beside those they have, without asking who does it: what follows from a change. */
export async function extend(
  caller: Caller,
  graph: GroupGraph,
  userIds: readonly number[],
): Promise<number[]> {
  const extended: number[] = [];
  for (const { id, groups } of await store.membersOf(caller, userIds)) {
    const after = graph.closure(groups);
    if (after.size === groups.length) continue;
    graph.mustBeOneType(after);
    await store.setGroups(caller, id, [...after]);
    extended.push(id);
  }
  return extended;
}

/** The members of a group, archived people too. */
export async function membersOf(caller: Caller, groupId: number): Promise<number[]> {
  return store.idsIn(caller, groupId);
}

/** External ids of a user's groups. */
export async function groupNamesOf(caller: Caller, userId: number): Promise<string[]> {
  const graph = await readGroups(caller);
  const [user] = await store.membersOf(caller, [userId]);
  return (user?.groups ?? []).flatMap((id) => graph.externalIdOf(id) ?? []);
}
