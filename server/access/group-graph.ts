// The groups of a tenant and what they imply, read at once: there are dozens, not thousands.
import { Refusal } from '../kernel/refusal.ts';
import { INTERNAL, PORTAL, type Caller } from '../store/caller.ts';
import * as store from './memberships.store.ts';
import { PUBLIC } from './names.ts';

/** Every person is exactly one of these. */
const USER_TYPES = [INTERNAL, PORTAL, PUBLIC];

/** Groups by number and by external id. */
export class GroupGraph {
  readonly #byId: ReadonlyMap<number, store.GroupRow>;
  readonly #byName: ReadonlyMap<string, number>;

  constructor(groups: readonly store.GroupRow[]) {
    this.#byId = new Map(groups.map((group) => [group.id, group]));
    this.#byName = new Map(groups.map(({ id, externalId }) => [externalId, id]));
  }

  /** The number of the group with this external id, or undefined. */
  find(externalId: string): number | undefined {
    return this.#byName.get(externalId);
  }

  /** What people call the group; its number for one that is not there. */
  nameOf(id: number): string {
    return this.#byId.get(id)?.name ?? String(id);
  }

  externalIdOf(id: number): string | undefined {
    return this.#byId.get(id)?.externalId;
  }

  /** What the group implies one step away. */
  impliedBy(id: number): readonly number[] {
    return this.#byId.get(id)?.implied ?? [];
  }

  /** These groups and all they imply, however far; in the order they are met. */
  closure(ids: Iterable<number>): Set<number> {
    const reached = new Set(ids);
    for (const id of reached) for (const implied of this.impliedBy(id)) reached.add(implied);
    return reached;
  }

  /** Whether the group implies itself, in however many steps. */
  isCircular(id: number): boolean {
    return this.closure(this.impliedBy(id)).has(id);
  }

  /** Those of the groups that say what type of user their member is. */
  typesAmong(ids: ReadonlySet<number>): string[] {
    return USER_TYPES.filter((type) => {
      const id = this.find(type);
      return id !== undefined && ids.has(id);
    });
  }

  /** Throws Refusal `group_unknown` for a number that is no group's. */
  mustHave(ids: Iterable<number>): void {
    for (const id of ids)
      if (!this.#byId.has(id)) throw new Refusal('group_unknown', { values: { name: id } });
  }

  /** Throws Refusal `user_type_unclear` unless the groups make a person exactly one type of user. */
  mustBeOneType(ids: ReadonlySet<number>): void {
    if (this.typesAmong(ids).length !== 1) throw new Refusal('user_type_unclear');
  }
}

/** The tenant's groups as they are now. */
export async function readGroups(caller: Caller): Promise<GroupGraph> {
  return new GroupGraph(await store.allGroups(caller));
}
