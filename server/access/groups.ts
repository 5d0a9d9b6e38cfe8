// Groups by name, and membership of them.
import { Refusal } from '../kernel/refusal.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL, SETTINGS, type Caller } from '../store/caller.ts';
import { readGroups } from './group-graph.ts';
import * as store from './memberships.store.ts';

/** A newcomer's groups at the console: plain words for the usual ones. */
const shorthand: Record<string, string> = {
  user: INTERNAL,
  internal: INTERNAL,
  portal: PORTAL,
  access_rights: ACCESS_RIGHTS,
  settings: SETTINGS,
  admin: SETTINGS,
};

/**
 * The numbers of the groups that the given names mean, each with what it implies, without repeats. A name
 * is an external id or a plain word (user, portal, access_rights, settings). Throws Refusal
 * `group_unknown`, and `user_type_unclear` unless exactly one type of user comes out.
 */
export async function resolveGroups(caller: Caller, names: readonly string[]): Promise<number[]> {
  const graph = await readGroups(caller);
  const ids = names.map((given) => {
    const name = shorthand[given.trim()] ?? given.trim();
    const id = graph.find(name);
    if (id === undefined) throw new Refusal('group_unknown', { values: { name } });
    return id;
  });
  const closure = graph.closure(ids);
  graph.mustBeOneType(closure);
  return [...closure];
}

/** Makes the person a member of these groups (by number, implied ones already included). */
export async function join(caller: Caller, userId: number, groupIds: number[]): Promise<void> {
  await store.setGroups(caller, userId, groupIds);
}

/** The number of the group with this external id, or undefined. */
export async function findGroupIfAny(caller: Caller, name: string): Promise<number | undefined> {
  return (await readGroups(caller)).find(name);
}

/** The number of the group with this external id. Throws Refusal `group_unknown`. */
export async function findGroup(caller: Caller, name: string): Promise<number> {
  const id = await findGroupIfAny(caller, name);
  if (id === undefined) throw new Refusal('group_unknown', { values: { name } });
  return id;
}
