// Signing out: a post, so that no picture or link on another page can do it (ASVS 7.4.4).
import { redirect } from '@sveltejs/kit';
import { signOut } from '#server/sign-in/sessions.ts';
import { act, answer } from '#lib/server/answers.ts';
import { dropSession } from '#lib/server/cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const person = event.locals.caller?.person;
    return person ? { name: person.name } : redirect(303, '/web/login');
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async () => {
      const { caller } = event.locals;
      if (caller) await signOut(caller);
      dropSession(event);
      return redirect(303, '/web/login?out');
    }),
};
