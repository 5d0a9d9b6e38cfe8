// Searching for records by name from a box, and what a posted form says of a list of records.
import type { Choice } from '#lib/fields/search.ts';
import type { Answered } from '#lib/fields/form.ts';

/** The result of the button that searches where no script runs. */
export type Found = { field: string; choices: Choice[] } | undefined;

/** What an action of a record's form answered. */
export type AnsweredRecord = (Answered & { found?: Found }) | null | undefined;

/** Finds records of a model by a piece of their name. */
export function namesFrom(model: string): (typed: string) => Promise<Choice[]> {
  return async (typed) => {
    const answer = await fetch(`/records/${model}/names?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Choice[];
  };
}

/** Records that the refused form had ticked in a list: their boxes hold their names. */
export function tickedIn(form: Answered, name: string): Choice[] {
  return Object.entries(form?.typed ?? {}).flatMap(([key, label]) => {
    const [field, id = ''] = key.split(':');
    return field === name && /^\d+$/.test(id) ? [{ value: id, label }] : [];
  });
}

/** Choices without those that come twice. */
export function once(choices: Choice[]): Choice[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}
