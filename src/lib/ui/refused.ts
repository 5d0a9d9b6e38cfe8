// What a refused form says: the sentence, and the marks of the field at fault.
import { t, words } from '#lib/words.ts';

/** The reason a form was refused, as `form.refused` holds it. */
export interface Refusal {
  code: string;
  values: Record<string, string | number>;
  field: string | null;
}

type Maybe = Refusal | null | undefined;

/** From here on a wait is told in minutes. */
const MINUTES_FROM = 120;

/** The sentence for people. */
export function sentence({ code, values }: Refusal): string {
  const seconds = Number(values.seconds);
  if (code === 'too_many_tries' && seconds >= MINUTES_FROM)
    return t('refusal.too_many_tries_long', { minutes: Math.ceil(seconds / 60) });
  return words().tell(`refusal.${code}`, values);
}

/** Whether this refusal is about this field. */
export function isAbout(refused: Maybe, field: string): refused is Refusal {
  return refused?.field === field;
}

/** Id of the message beside a field. */
export function messageId(field: string): string {
  return `${field}-wrong`;
}

/**
 * The attributes of an input, to spread on it: marked when the refusal is about it, and described
 * by the message and by `others` (ids of hints), separated by spaces.
 */
export function marks(refused: Maybe, field: string, others = '') {
  const wrong = isAbout(refused, field);
  const described = [wrong ? messageId(field) : '', others].filter(Boolean).join(' ');
  return {
    'aria-invalid': wrong ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  };
}
