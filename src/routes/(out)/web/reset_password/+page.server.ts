// Asking for a new password, and choosing one through the link that comes.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ask } from '#server/passwords/reset.ts';
import { act, answer, callerOf, type Form } from '#lib/server/answers.ts';
import { linkActions, readLinkPage } from '#lib/server/link-page.ts';
import { hasLink, hideToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad } from './$types.js';

function readAsking(event: RequestEvent) {
  const { searchParams } = event.url;
  const { name: database, title: cooperative } = callerOf(event).tenant;
  const asked = searchParams.get('told') === 'sent';
  return { asked, database, cooperative, login: searchParams.get('login') ?? '' };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    if (hasLink(event)) return { link: await readLinkPage(event), asking: null };
    return { link: null, asking: readAsking(event) };
  });

/** One answer whoever was asked for. */
async function note(event: RequestEvent, form: Form): Promise<never> {
  const caller = callerOf(event);
  const login = form.text('login');
  await ask(caller, { name: login, language: await event.locals.settleLanguage() });
  const query = new URLSearchParams({
    db: caller.tenant.name,
    login: login.slice(0, 320),
    told: 'sent',
  });
  return redirect(303, `/web/reset_password?${query}`);
}

export const actions: Actions = {
  ...linkActions,
  ask: (event) => act(event, (form) => note(event, form)),
};
