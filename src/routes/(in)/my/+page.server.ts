// The light home of people who do not work here: members and customers.
import { redirect } from '@sveltejs/kit';
import { belongsTo, INTERNAL } from '#server/store/caller.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { person, ...caller } = memberOf(event);
    if (belongsTo({ ...caller, person }, INTERNAL)) redirect(303, '/home');
    return { firstName: person.name.split(/\s+/u, 1)[0] ?? person.name };
  });
