// Delegated administration: whoever is not a Settings administrator gives no group that they do not
// hold, and touches nobody who holds one. So no chain of lawful steps ends above oneself (where we
// differ from Odoo on purpose).
import { Refusal } from '../kernel/refusal.ts';
import type { Asker } from '../models/define.ts';
import { INTERNAL, PORTAL, SETTINGS } from '../store/caller.ts';
import { readGroups, type GroupGraph } from './group-graph.ts';
import * as store from './memberships.store.ts';
import { PUBLIC } from './names.ts';

/** Whether the asker's powers over others have no limit. */
export function isUnlimited({ system, person }: Asker): boolean {
  return system !== undefined || person.groups.has(SETTINGS);
}

/** Groups the asker may give: their own, and to internal people those of portal users and visitors. */
function reachOf({ person }: Asker, graph: GroupGraph): Set<number> {
  const below = person.groups.has(INTERNAL) ? [PORTAL, PUBLIC] : [];
  const ids = (names: Iterable<string>) => [...names].flatMap((name) => graph.find(name) ?? []);
  return new Set([...ids(person.groups), ...graph.closure(ids(below))]);
}

/** Throws Refusal `group_not_yours` (403) when the asker may not give (or take) one of the groups. */
export function mustGive(asker: Asker, graph: GroupGraph, groupIds: Iterable<number>): void {
  if (isUnlimited(asker)) return;
  const reach = reachOf(asker, graph);
  const above = [...graph.closure(groupIds)].filter((id) => !reach.has(id));
  if (above.length === 0) return;
  const groups = above.map((id) => graph.nameOf(id)).join(', ');
  throw new Refusal('group_not_yours', { status: 403, values: { groups } });
}

/** Those of the users who hold a group that the asker does not. */
export async function aboveOf(
  asker: Asker,
  userIds: readonly number[],
): Promise<{ id: number; login: string }[]> {
  if (isUnlimited(asker) || userIds.length === 0) return [];
  const reach = reachOf(asker, await readGroups(asker));
  const members = await store.membersOf(asker, userIds);
  return members.filter(({ groups }) => !groups.every((id) => reach.has(id)));
}

/** Throws Refusal `person_above` (403) when one of the users holds a group that the asker does not. */
export async function mustManage(asker: Asker, userIds: readonly number[]): Promise<void> {
  const [above] = await aboveOf(asker, userIds);
  if (above) throw new Refusal('person_above', { status: 403, values: { login: above.login } });
}

/** Throws Refusal `not_allowed` (403) unless the asker may change what groups themselves may do. */
export function mustRuleGroups(asker: Asker): void {
  if (!isUnlimited(asker)) throw new Refusal('not_allowed', { status: 403, detail: SETTINGS });
}
