// Values as the boxes of a form hold them: moments in the reader's zone, numbers in their writing.
import { numberLocale } from '#locales/words.ts';

/** `2026-03-01T12:00:00Z` → `2026-03-01T13:00` in Brussels, as `datetime-local` wants it. */
export function localMoment(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment));
  return parts.replace(' ', 'T');
}

/** A number for typing over: the reader's decimal sign, no groups, nothing rounded. */
export function plainNumber(number: number, locale: string): string {
  const options = { useGrouping: false, maximumFractionDigits: 15 };
  return new Intl.NumberFormat(numberLocale(locale), options).format(number);
}
