// What the console says when a command is refused or fails: one line, in English.
import { isRefusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** An operator gets the detail too, for it names the setting or the file at fault. */
function withDetail(sentence: string, detail: string | undefined): string {
  return detail ? `${sentence.replace(/\.$/, '')}: ${detail}` : sentence;
}

/** Node wraps the failures of all addresses of a host into one error without a message. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return causeOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}

/** Why it did not work, as one line without a line break. Never holds a secret or a stack. */
export function tellRefusal(error: unknown): string {
  if (!isRefusal(error)) return onOneLine(`That did not work: ${causeOf(error)}`);
  const sentence = wordsFor('en_US').tell(`refusal.${error.code}`, error.values);
  return onOneLine(withDetail(sentence, error.detail));
}
