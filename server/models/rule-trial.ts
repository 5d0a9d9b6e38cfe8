// A record rule tried before it is stored: one that cannot be compiled would bar its whole model.
import { sql } from 'kysely';
import { Refusal, isRefusal } from '../kernel/refusal.ts';
import { asSystem } from './asker.ts';
import { ruleCondition } from './condition.ts';
import type { Asker, Model } from './define.ts';
import { frameOf, from } from './frame.ts';
import { readRule } from './rule-text.ts';

/**
 * Reads the rule's text, values it for the asker and has PostgreSQL plan it over no rows. Throws Refusal
 * `rule_invalid` (422), whatever is wrong with it.
 */
export async function tryRule(asker: Asker, model: Model, text: string): Promise<void> {
  const wrong = (rule: string) => new Refusal('rule_invalid', { status: 422, values: { rule } });
  try {
    const domain = readRule(text);
    const frame = frameOf(asSystem(asker, 'try a record rule'), model);
    const rule = { id: 0, name: '', groups: [], operations: [], text, domain };
    await sql`select 1 ${from(frame)} where ${ruleCondition(frame, rule)} limit 0`.execute(
      asker.db,
    );
  } catch (error) {
    const known = isRefusal(error) && error.code === 'rule_invalid';
    const reason = error instanceof Error ? error.message : '';
    throw wrong(
      known ? String(error.values.rule) : `${text.slice(0, 200)} (${reason.slice(0, 100)})`,
    );
  }
}
