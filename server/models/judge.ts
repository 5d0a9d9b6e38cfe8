// How each record rule judges one record, told apart: for explaining, not for deciding.
import { sql } from 'kysely';
import { asSystem } from './asker.ts';
import { ruleCondition } from './condition.ts';
import type { Asker, Model, Operation } from './define.ts';
import { column, frameOf, from, ofTenant, type Frame } from './frame.ts';
import { rulesFor, type Rule } from './rights.ts';

/** A rule that binds the asker, and what it says of the record: null when none was asked about. */
export interface Judgement {
  rule: Rule;
  /** The model whose rule it is: the delegate's rules hold too. */
  model: string;
  passes: boolean | null;
}

function framesOf(frame: Frame): Frame[] {
  return frame.delegate ? [frame, ...framesOf(frame.delegate)] : [frame];
}

/**
 * The rules that bind the asker for this, the global ones first, each with what it says of the record
 * with this number. Rights must be prepared. `there` is null without a number.
 */
export async function judge(
  asker: Asker,
  model: Model,
  operation: Operation,
  id: number | null,
): Promise<{ there: boolean | null; judgements: Judgement[] }> {
  const frame = frameOf(asker, model);
  const bound = framesOf(frame).flatMap((one) => {
    const { global, ofGroups } = rulesFor(asker, one.model, operation);
    return [...global, ...ofGroups].map((rule) => ({ rule, frame: one }));
  });
  const told = (passes: (place: number) => boolean | null): Judgement[] =>
    bound.map(({ rule, frame: { model: of } }, i) => ({ rule, model: of.name, passes: passes(i) }));
  if (id === null) return { there: null, judgements: told(() => null) };
  const verdicts = bound.map(
    ({ rule, frame: one }, i) =>
      sql`, (${ruleCondition(one, rule)}) is true as ${sql.ref(`r${i}`)}`,
  );
  const all = { ...frame, asker: asSystem(asker, 'explain a record rule') };
  const { rows } = await sql<Record<string, boolean>>`
    select true as there ${sql.join(verdicts, sql``)} ${from(all)}
    where ${ofTenant(all)} and ${column(all, 'id')} = ${id}`.execute(asker.db);
  const row = rows[0];
  return { there: row !== undefined, judgements: told((i) => row?.[`r${i}`] ?? null) };
}

/** Whether the judgements together let the record through: all global ones, and one of the groups' per model. */
export function lets(judgements: readonly Judgement[]): boolean {
  const models = new Set(judgements.map(({ model }) => model));
  return [...models].every((name) => {
    const of = judgements.filter(({ model }) => model === name);
    const global = of.filter(({ rule }) => rule.groups.length === 0);
    const groups = of.filter(({ rule }) => rule.groups.length > 0);
    const one = groups.length === 0 || groups.some(({ passes }) => passes === true);
    return one && global.every(({ passes }) => passes === true);
  });
}
