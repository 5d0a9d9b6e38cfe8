// An explanation as sentences in the reader's language.
import { wordsFor } from '../kernel/words.ts';
import type { Answer, Explanation, RuleVerdict } from './explain.ts';

type Facts = Omit<Explanation, 'sentences' | 'told'>;
type Tell = (key: string, values: Record<string, string | number>) => string;

function rightSentence(
  tell: Tell,
  facts: Facts,
  answer: Answer,
  nameOf: (group: string) => string,
) {
  const { operation, grounds, wanting } = answer;
  const common = { name: facts.name, operation, model: facts.label };
  const [ground] = grounds;
  if (ground?.group === null) return tell('explain.everybody', { ...common, right: ground.name });
  if (ground)
    return tell('explain.right', { ...common, right: ground.name, path: ground.path.join(' → ') });
  if (wanting.length === 0) return tell('explain.nobody', common);
  return tell('explain.no_right', { ...common, groups: wanting.map(nameOf).join(', ') });
}

function ruleSentence(tell: Tell, { name, text, global, passes }: RuleVerdict): string {
  const values = { rule: name || '–', text, kind: global ? 'global' : 'group' };
  if (passes === null) return tell('explain.rule', values);
  return passes ? tell('explain.rule_passes', values) : tell('explain.rule_stops', values);
}

function answerSentences(
  tell: Tell,
  facts: Facts,
  answer: Answer,
  nameOf: (group: string) => string,
) {
  const first = rightSentence(tell, facts, answer, nameOf);
  if (answer.grounds.length === 0) return [first];
  const rules = answer.rules.map((rule) => ruleSentence(tell, rule));
  const several = answer.rules.filter(({ global }) => !global).length > 1;
  const { name, id } = facts;
  const values = { name, operation: answer.operation, id: id ?? 0 };
  const last =
    id === null || facts.there === false || answer.operation === 'create'
      ? []
      : [answer.allowed ? tell('explain.so_yes', values) : tell('explain.so_no', values)];
  return [first, ...rules, ...(several ? [tell('explain.one_enough', {})] : []), ...last];
}

/** An explanation in sentences: what holds for all of it, what each operation comes to, and what else there is. */
export interface Told {
  before: string[];
  answers: string[][];
  after: string[];
}

/** The explanation in sentences; `nameOf` names a group by its external id. */
export function tellOf(language: string, facts: Facts, nameOf: (group: string) => string): Told {
  const { tell } = wordsFor(language);
  const { name, id } = facts;
  return {
    before: [
      ...(facts.active ? [] : [tell('explain.archived', { name })]),
      ...(facts.there === false ? [tell('explain.missing', { id: id ?? 0 })] : []),
      ...(facts.above ? [tell('explain.above', { name })] : []),
      ...(facts.own ? [tell('explain.own', { name })] : []),
    ],
    answers: facts.answers.map((answer) => answerSentences(tell, facts, answer, nameOf)),
    after: [
      ...(facts.hiddenFields.length > 0
        ? [
            tell('explain.hidden', {
              fields: facts.hiddenFields.map(({ label }) => label).join(', '),
            }),
          ]
        : []),
      ...facts.keys.map((key) =>
        key.reaches
          ? tell('explain.key_reads', { key: key.name })
          : tell('explain.key_elsewhere', { key: key.name, model: facts.label }),
      ),
    ],
  };
}
