// A new password through a one-time link. Opening the page changes nothing, so that a mail scanner
// may look; the link is spent in the act that stores the password.
import { redirect } from '@sveltejs/kit';
import { isRefusal, Refusal } from '#server/kernel/refusal.ts';
import { readLink } from '#server/links/links.ts';
import { setByLink } from '#server/passwords/by-link.ts';
import { act, answer, callerOf } from '#lib/server/answers.ts';
import { enter, homeOf } from '#lib/server/enter.ts';
import { dropToken, hideToken, readToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    const caller = callerOf(event);
    const { login, name } = await readLink(caller, readToken(event));
    const { passwordMinLength } = caller.tenant;
    return { login, name, database: caller.tenant.name, minLength: passwordMinLength };
  });

/** Signed in at once; where that is not possible right now, the new password opens the usual door. */
async function letIn(event: RequestEvent, login: string, password: string): Promise<never> {
  try {
    const { internal } = await enter(event, callerOf(event), { login, password });
    return redirect(303, homeOf(internal));
  } catch (caught) {
    if (!isRefusal(caught)) throw caught;
    return redirect(303, `/web/login?${new URLSearchParams({ login })}`);
  }
}

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      const caller = callerOf(event);
      const token = readToken(event);
      const shown = await readLink(caller, token);
      // Another link may have been opened in another tab since: never set somebody else's password.
      if (form.text('login') !== shown.login) throw new Refusal('link_other', { status: 409 });
      const password = form.text('password');
      const owner = await setByLink(caller, token, { password, repeated: form.text('repeated') });
      dropToken(event);
      return letIn(event, owner.login, password);
    }),
};
