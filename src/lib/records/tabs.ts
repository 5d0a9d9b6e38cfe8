// Which tab of a form is open.
import type { Answered } from '#lib/fields/form.ts';

interface Parts {
  parts: { tab: string | null; fields: { name: string }[] }[];
}

/** The tab with the field at fault, else the one that was open, else the first. */
export function openTab({ parts }: Parts, form: Answered): string {
  const tabs = parts.filter(({ tab }) => tab !== null);
  const wrong = form?.refused?.field;
  const faulty = tabs.find(({ fields }) => fields.some(({ name }) => name === wrong));
  const was = tabs.find(({ tab }) => tab === form?.typed?._tab);
  return (faulty ?? was ?? tabs[0])?.tab ?? '';
}
