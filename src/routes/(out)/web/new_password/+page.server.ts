// Whoever got a password from somebody else chooses one of their own.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { chooseOwn } from '#server/passwords/choose.ts';
import { belongsTo, INTERNAL } from '#server/store/caller.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import { setSession } from '#lib/server/cookies.ts';
import { homeOf } from '#lib/server/enter.ts';
import type { Actions, PageServerLoad } from './$types.js';

const home = (event: RequestEvent) => homeOf(belongsTo(memberOf(event), INTERNAL));

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { person, tenant } = memberOf(event);
    if (!event.locals.recognised?.mustChange) redirect(303, home(event));
    return { login: person.login, name: person.name, minLength: tenant.passwordMinLength };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      const caller = memberOf(event);
      const wish = { password: form.text('password'), repeated: form.text('repeated') };
      setSession(event, caller.tenant, await chooseOwn(caller, wish));
      redirect(303, `${home(event)}?done=password_set`);
    }),
};
