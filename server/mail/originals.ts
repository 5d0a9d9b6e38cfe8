// The house's own words for each kind of mail, as a co-operative finds them before it writes its own.
import { createHash } from 'node:crypto';
import { wordsFor } from '../kernel/words.ts';
import { COMMON, kinds, type MailKind, type Variable } from './kinds.ts';
import type { Words } from './wording.ts';

/** Names of everything that the words of a kind may be filled with. */
export function variablesOf(kind: MailKind): Variable[] {
  return [...COMMON, ...kinds[kind].variables];
}

/** A sentence of the catalogue with its placeholders left standing: each is filled with itself. */
export function unfilled(kind: MailKind, language: string, key: string): string {
  const names = variablesOf(kind).map((name) => [name, `{${name}}`]);
  return wordsFor(language).tell(key, Object.fromEntries(names));
}

const kept = new Map<string, Words>();

/** The original words of a kind in a language: the greeting, then what there is to say. */
export function originalOf(kind: MailKind, language: string): Words {
  const place = `${kind} ${language}`;
  const found = kept.get(place);
  if (found) return found;
  const say = (key: string) => unfilled(kind, language, key);
  const made = {
    subject: say(`mail.${kind}.subject`),
    body: `${say('mail.greeting')}\n\n${say(`mail.${kind}.body`)}`,
  };
  // Languages come from outside, so their number is bounded; there are few that differ.
  if (kept.size < 500) kept.set(place, made);
  return made;
}

/** Changes when the original does: kept beside a co-operative's own words to tell that it has. */
export function digestOf({ subject, body }: Words): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, body]))
    .digest('hex')
    .slice(0, 16);
}
