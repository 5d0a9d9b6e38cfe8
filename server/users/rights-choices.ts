// The groups of one person as an administrator chooses them: one type of user, one step of each
// application whose groups form a chain, and a box for every other group.

/** A group with all that it implies, however far. */
export interface OfferedGroup {
  id: number;
  name: string;
  category: { id: number; name: string; exclusive: boolean } | null;
  implies: readonly number[];
}

/** A choice among groups. */
interface Choice {
  /** Name in the form. */
  name: string;
  label: string;
  options: { id: number; name: string; held: boolean }[];
  /** The highest that is held; null for none. */
  chosen: number | null;
  /** Groups elsewhere that bring at least one of these along. */
  impliedBy: string[];
}

/** A group with a box of its own. */
interface Box {
  id: number;
  name: string;
  held: boolean;
  /** Held groups that bring it along: it goes when they go. */
  impliedBy: string[];
}

/** What can be chosen, in the order of the applications. */
export interface RightsChoices {
  type: Choice | null;
  chains: Choice[];
  boxes: { label: string | null; groups: Box[] }[];
}

type Held = ReadonlySet<number>;

function byCategory(groups: readonly OfferedGroup[]): OfferedGroup[][] {
  const kinds = new Map<number | null, OfferedGroup[]>();
  for (const group of groups) {
    const key = group.category?.id ?? null;
    kinds.set(key, [...(kinds.get(key) ?? []), group]);
  }
  return [...kinds.values()];
}

/** Lowest first, when each implies all below it; undefined when they do not stand in one line. */
function chainOf(groups: readonly OfferedGroup[]): OfferedGroup[] | undefined {
  if (groups.length < 2) return undefined;
  const ids = new Set(groups.map(({ id }) => id));
  const below = ({ implies }: OfferedGroup) => implies.filter((id) => ids.has(id)).length;
  const line = [...groups].sort((a, b) => below(a) - below(b));
  return line.every((group, i) => below(group) === i) ? line : undefined;
}

/** The held groups that bring this one along; of several in a line the nearest. */
function bringers(groups: readonly OfferedGroup[], held: Held, id: number, but: Held = new Set()) {
  const above = groups.filter(
    (group) => held.has(group.id) && !but.has(group.id) && group.implies.includes(id),
  );
  const nearest = above.filter(({ implies }) => !above.some((other) => implies.includes(other.id)));
  return nearest.map(({ name }) => name);
}

function choiceAmong(name: string, line: OfferedGroup[], all: readonly OfferedGroup[], held: Held) {
  const own = new Set(line.map(({ id }) => id));
  const lowest = line.find(({ id }) => held.has(id));
  return {
    name,
    label: line[0]!.category?.name ?? '',
    options: line.map((group) => ({ id: group.id, name: group.name, held: held.has(group.id) })),
    chosen: line.findLast(({ id }) => held.has(id))?.id ?? null,
    impliedBy: lowest ? bringers(all, held, lowest.id, own) : [],
  };
}

/** Sorts the groups of the tenant into choices for a person who holds these. */
export function rightsChoices(groups: readonly OfferedGroup[], held: Held): RightsChoices {
  const choices: RightsChoices = { type: null, chains: [], boxes: [] };
  for (const own of byCategory(groups)) {
    const category = own[0]!.category;
    const line = chainOf(own);
    if (category?.exclusive && own.length > 1)
      choices.type = choiceAmong('type', own, groups, held);
    else if (category && line)
      choices.chains.push(choiceAmong(`chain-${category.id}`, line, groups, held));
    else
      choices.boxes.push({
        label: category?.name ?? null,
        groups: own.map(({ id, name }) => ({
          id,
          name,
          held: held.has(id),
          impliedBy: bringers(groups, held, id),
        })),
      });
  }
  return choices;
}

/** Takes away (3) and gives (4), as the registry has it. */
type Commands = [3 | 4, number][];

/** What leaves with a type of user: itself, and every group that brings it along. */
function leavingType(groups: readonly OfferedGroup[], held: Held, type: number): number[] {
  return groups
    .filter(({ id, implies }) => held.has(id) && (id === type || implies.includes(type)))
    .map(({ id }) => id);
}

function leavingChain(choice: Choice, groups: readonly OfferedGroup[], next: number): number[] {
  const kept = new Set([next, ...(groups.find(({ id }) => id === next)?.implies ?? [])]);
  return choice.options.filter(({ id, held }) => held && !kept.has(id)).map(({ id }) => id);
}

/**
 * The commands for the choices that were changed in a posted form: a choice's name holds the number
 * of a group or nothing, and the same with `Was` what it held before. Numbers that were not offered
 * are passed over.
 */
export function commandsFor(
  groups: readonly OfferedGroup[],
  held: Held,
  typed: Readonly<Record<string, string>>,
): Commands {
  const { type, chains } = rightsChoices(groups, held);
  const commands: Commands = [];
  for (const choice of [...(type ? [type] : []), ...chains]) {
    const was = typed[`${choice.name}Was`];
    const now = typed[choice.name];
    if (now === undefined || was === undefined || now === was) continue;
    const next = choice.options.find(({ id }) => String(id) === now)?.id;
    if (next === undefined && now !== '') continue;
    const leaving =
      choice === type
        ? leavingType(groups, held, Number(was))
        : leavingChain(choice, groups, next ?? 0);
    commands.push(...leaving.map((id): [3, number] => [3, id]));
    if (next !== undefined) commands.push([4, next]);
  }
  return commands;
}
