// What the pages of records share: who asks and where, read from the address.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Member } from '#server/store/caller.ts';
import type { Posted } from '#server/records/save.ts';
import { memberOf, type Form } from './answers.ts';

/** The member with their language settled: labels, dates and numbers depend on it. */
export async function readerOf(event: RequestEvent): Promise<Member> {
  const caller = memberOf(event);
  await event.locals.settleLanguage();
  return caller;
}

/** The number in the address; null for a new record. */
export function idOf(text: string): number | null {
  return text === 'new' ? null : Number(text);
}

/** The form as the registry's screens read it. */
export function postedOf(form: Form): Posted {
  return { typed: form.typed(), file: async (name) => form.file(name)?.bytes() };
}

/** Leads back to where the form was, with a word about what was done. */
export function backTo(event: RequestEvent, path: string, done: string, count = 1): never {
  const query = new URLSearchParams(event.url.searchParams);
  for (const name of [...query.keys()]) if (name.startsWith('/')) query.delete(name);
  query.set('done', done);
  if (count !== 1) query.set('count', String(count));
  else query.delete('count');
  return redirect(303, `${path}?${query}`);
}
