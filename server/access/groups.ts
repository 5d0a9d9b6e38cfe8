// Groups by name, and membership of them.
import { Refusal } from '../kernel/refusal.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL, SETTINGS, type Caller } from '../store/caller.ts';
import * as store from './groups.store.ts';

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
 * The external ids that the given names mean, each with what it implies, without repeats. A name is
 * an external id or a plain word (user, portal, access_rights, settings). Throws Refusal
 * `group_unknown`, and `user_type_unclear` unless exactly one of internal and portal comes out.
 */
export async function resolveGroups(caller: Caller, names: readonly string[]): Promise<number[]> {
  const wanted = [...new Set(names.map((name) => shorthand[name.trim()] ?? name.trim()))];
  const closure = await store.closureOf(caller, wanted);
  const unknown = wanted.find((name) => !closure.some(({ externalId }) => externalId === name));
  if (unknown !== undefined) throw new Refusal('group_unknown', { values: { name: unknown } });
  const types = closure.filter(
    ({ externalId }) => externalId === INTERNAL || externalId === PORTAL,
  );
  if (types.length !== 1) throw new Refusal('user_type_unclear');
  return closure.map(({ id }) => id);
}

/** Makes the person a member of these groups (by number, implied ones already included). */
export async function join(caller: Caller, userId: number, groupIds: number[]): Promise<void> {
  await store.insertMemberships(caller, userId, groupIds);
}
