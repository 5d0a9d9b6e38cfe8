// What the estimate says to people: zxcvbn's thirty remarks in eight sentences of our own.

/** Catalogue keys of what is wrong, by zxcvbn's name for it. */
const WARNINGS: Record<string, string> = {
  straightRow: 'strength.warning.pattern',
  keyPattern: 'strength.warning.pattern',
  simpleRepeat: 'strength.warning.pattern',
  extendedRepeat: 'strength.warning.pattern',
  sequences: 'strength.warning.pattern',
  recentYears: 'strength.warning.date',
  dates: 'strength.warning.date',
  topTen: 'strength.warning.common',
  topHundred: 'strength.warning.common',
  common: 'strength.warning.common',
  similarToCommon: 'strength.warning.common',
  wordByItself: 'strength.warning.word',
  namesByThemselves: 'strength.warning.name',
  commonNames: 'strength.warning.name',
  userInputs: 'strength.warning.own',
};

const TRICKS = new Set(['capitalization', 'allUppercase', 'l33t', 'reverseWords']);

/** Catalogue keys of the scores' labels. */
const LABELS = [
  'strength.score.0',
  'strength.score.1',
  'strength.score.2',
  'strength.score.3',
  'strength.score.4',
] as const;

/** What zxcvbn says: its score, and names of remarks. */
interface Finding {
  score: 0 | 1 | 2 | 3 | 4;
  feedback: { warning: string | null; suggestions: string[] };
}

/** What the policy refuses whatever zxcvbn says. */
interface Flaws {
  common: boolean;
  ofOwnWords: boolean;
}

/** All that as catalogue keys, each once. A suggestion not about tricks comes to "more words". */
export function remarksOn({ score, feedback }: Finding, flaws: Flaws) {
  const flawed = flaws.common || flaws.ofOwnWords;
  const names = flawed ? [...feedback.suggestions, 'anotherWord'] : feedback.suggestions;
  const suggestions = names.map((name) =>
    TRICKS.has(name) ? 'strength.suggestion.tricks' : 'strength.suggestion.words',
  );
  return {
    label: LABELS[flawed ? 0 : score],
    warning: warningOn(feedback.warning, flaws),
    suggestions: [...new Set(suggestions)],
  };
}

function warningOn(warning: string | null, { common, ofOwnWords }: Flaws): string | null {
  if (common) return 'strength.warning.common';
  if (ofOwnWords) return 'strength.warning.own';
  return (warning !== null && WARNINGS[warning]) || null;
}
