// "Why can (or can't) she?": the path from a person over groups, implied groups and rights to a model, and what
// record rules make of one record. Says what the registry decides; decides nothing.
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import { askerOf } from '../models/asker.ts';
import type { Asker, Model, Operation } from '../models/define.ts';
import { fieldLabel, modelLabel } from '../models/describe.ts';
import { judge, lets } from '../models/judge.ts';
import { findModel } from '../models/registry.ts';
import { grantsFor, prepare, rightsOf, seesField } from '../models/rights.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import { tellOf, type Told } from './explain.words.ts';
import * as store from './explain.store.ts';
import { readGroups, type GroupGraph } from './group-graph.ts';
import { mustManage } from './limits.ts';

/** What is asked. */
export interface Question {
  login: string;
  model: string;
  /** Number of one record; without it the answer is about the model. */
  id?: number;
}

/** A right that lets the person do it. */
export interface Grounds {
  name: string;
  /** External id of the group it is given to; null for everybody. */
  group: string | null;
  /** Names of groups from one of the person's own, over what it implies, to that of the right. */
  path: string[];
}

/** A rule that binds the person, and what it says of the record. */
export interface RuleVerdict {
  name: string;
  model: string;
  global: boolean;
  /** External ids of its groups. */
  groups: string[];
  text: string;
  /** Null when no record was asked about, or it is not there. */
  passes: boolean | null;
}

/** The answer for one operation. */
export interface Answer {
  operation: Operation;
  /** Whether right and rules allow it; without a record, and for making one: whether the right does. */
  allowed: boolean;
  grounds: Grounds[];
  /** External ids of groups that would give the right, where nothing does; `*` never stands here. */
  wanting: string[];
  rules: RuleVerdict[];
}

/** An API key of the person that does less than they may on this model. */
export interface KeyLimit {
  name: string;
  readOnly: boolean;
  reaches: boolean;
}

/** The whole answer, as plain data. */
export interface Explanation {
  login: string;
  name: string;
  active: boolean;
  model: string;
  label: string;
  id: number | null;
  /** Null when no record was asked about. */
  there: boolean | null;
  answers: Answer[];
  hiddenFields: { name: string; label: string; groups: string[] }[];
  keys: KeyLimit[];
  /** The record is the person's own account: its preferences are theirs to change in any case. */
  own: boolean;
  /** The record is the account of somebody with rights that this person does not have. */
  above: boolean;
  /** The answer in the reader's language, part by part and in one. */
  told: Told;
  sentences: string[];
}

const OPERATIONS: readonly Operation[] = ['read', 'write', 'create', 'unlink'];

/** The shortest way from a group nobody else brings to this one, over groups the person holds. */
function pathTo(graph: GroupGraph, held: ReadonlySet<number>, target: number): string[] {
  const brought = new Set([...held].flatMap((id) => [...graph.impliedBy(id)]));
  const roots = [...held].filter((id) => !brought.has(id));
  const ways = (roots.includes(target) ? [target] : roots).map((id) => [id]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === target) return way.map((id) => graph.nameOf(id));
    for (const next of graph.impliedBy(last))
      if (held.has(next) && !way.includes(next)) ways.push([...way, next]);
  }
  return [graph.nameOf(target)];
}

function groundsOf(asker: Asker, model: Model, operation: Operation, graph: GroupGraph): Grounds[] {
  const held = new Set([...asker.person.groups].flatMap((name) => graph.find(name) ?? []));
  return grantsFor(asker, model, operation).map(({ name, group }) => ({
    name,
    group,
    path: group === null ? [] : pathTo(graph, held, graph.find(group)!),
  }));
}

function wantingOf(asker: Asker, model: Model, operation: Operation): string[] {
  const grants = rightsOf(asker).grants.get(model.name) ?? [];
  const groups = grants.filter((grant) => grant.operations.includes(operation));
  return [...new Set(groups.flatMap(({ group }) => group ?? []))];
}

async function answer(
  asker: Asker,
  model: Model,
  operation: Operation,
  { id, graph }: { id: number | null; graph: GroupGraph },
) {
  const grounds = groundsOf(asker, model, operation, graph);
  // What is made is another record: this one says nothing of it.
  const asked = operation === 'create' ? null : id;
  const { there, judgements } = await judge(asker, model, operation, asked);
  const rules = judgements.map(({ rule, model: of, passes }) => ({
    name: rule.name,
    model: of,
    global: rule.groups.length === 0,
    groups: [...rule.groups],
    text: rule.text,
    passes,
  }));
  const allowed = grounds.length > 0 && (asked === null || (there === true && lets(judgements)));
  const wanting = grounds.length > 0 ? [] : wantingOf(asker, model, operation);
  return { there, told: { operation, allowed, grounds, wanting, rules } };
}

/** Whether the limits of delegated administration keep the account from the asker. */
async function isAbove(asker: Asker, id: number): Promise<boolean> {
  try {
    await mustManage(asker, [id]);
    return false;
  } catch (error) {
    if (isRefusal(error, 'person_above')) return true;
    throw error;
  }
}

/** The person as the caller that their next call would come from. */
function asSubject(caller: Caller, subject: store.Subject): Asker {
  const person = { ...subject, groups: new Set(subject.groups), session: null };
  return askerOf({ ...caller, person });
}

/**
 * Explains what the person with this login may do with a model, or with one of its records. For Access
 * Rights administrators, and for the operator at the console (a caller without a person). Throws Refusal
 * `not_allowed` (403), `user_unknown` (404), `model_unknown` (404).
 */
export async function explain(
  caller: Caller,
  { login, model: name, id }: Question,
): Promise<Explanation> {
  if (caller.person !== null) mustBelongTo(caller, ACCESS_RIGHTS);
  const model = findModel(name);
  const subject = await store.findSubject(caller, login);
  if (!subject) throw new Refusal('user_unknown', { status: 404, values: { login } });
  const asker = asSubject(caller, subject);
  await prepare(asker);
  const graph = await readGroups(caller);
  const told = [];
  for (const operation of OPERATIONS)
    told.push(await answer(asker, model, operation, { id: id ?? null, graph }));
  const hidden = [...model.all.values()].filter((field) => !seesField(asker, field));
  const ofUser = model.name === 'res.users' && id !== undefined && told[0]!.there === true;
  const facts: Omit<Explanation, 'sentences' | 'told'> = {
    login: subject.login,
    name: subject.name,
    active: subject.active,
    model: model.name,
    label: modelLabel(caller.language, model),
    id: id ?? null,
    there: told[0]!.there,
    answers: told.map((one) => one.told),
    hiddenFields: hidden.map((field) => ({
      name: field.name,
      label: fieldLabel(caller.language, model, field),
      groups: [...(field.groups ?? [])],
    })),
    keys: subject.keys
      .map((key) => ({ ...key, reaches: key.models?.includes(model.name) ?? true }))
      .filter(({ readOnly, reaches }) => readOnly || !reaches)
      .map(({ name: called, readOnly, reaches }) => ({ name: called, readOnly, reaches })),
    own: ofUser && id === subject.id,
    above: ofUser && id !== subject.id && (await isAbove(asker, id)),
  };
  const nameOf = (group: string) => graph.nameOf(graph.find(group) ?? 0);
  const said = tellOf(caller.language, facts, nameOf);
  const sentences = [...said.before, ...said.answers.flat(), ...said.after];
  return { ...facts, told: said, sentences };
}
