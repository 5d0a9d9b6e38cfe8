// What a refused form gives back, and how fields use it: the same shape from every action.
import type { Refusal } from '#lib/ui/refused.ts';

/** The result of a refused action, as pages get it in `form`; null before any. */
export type Answered = { refused?: Refusal; typed?: Record<string, string> } | null | undefined;

/** What to show in a field: what was typed into the refused form, else what is stored. */
export function typedOr(form: Answered, name: string, stored: string): string {
  return form?.typed?.[name] ?? stored;
}

/** The hidden companion of a field that says what it held when the page was made. */
export function wasName(name: string): string {
  return `${name}Was`;
}

const plain = (value: unknown) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '');

/** Whether any field with a companion differs from it; of a form in the page, or of one that was sent. */
export function isChanged(
  data: Pick<ReadonlyMap<string, unknown>, 'keys' | 'get'> | FormData,
): boolean {
  return [...data.keys()]
    .filter((name) => name.endsWith('Was'))
    .some((was) => plain(data.get(was)) !== plain(data.get(was.slice(0, -'Was'.length))));
}

/**
 * What changed in the fields since `sent` was read from them: the new texts, by name. Companions stay out,
 * and fields of several values.
 */
export function typedSince(sent: FormData, now: FormData): Record<string, string> {
  const single = [...new Set(now.keys())].filter(
    (name) => !name.endsWith('Was') && now.getAll(name).length === 1,
  );
  return Object.fromEntries(
    single.flatMap((name) => {
      const value = now.get(name);
      const changed = typeof value === 'string' && sent.has(name) && value !== sent.get(name);
      return changed ? [[name, value]] : [];
    }),
  );
}
