// Confirming a new e-mail address through the link that was mailed to it, with the password.
import { confirmAddress, CONFIRMING } from '#server/preferences/address.ts';
import { act, answer, callerOf } from '#lib/server/answers.ts';
import { readLinkPage, sayDone } from '#lib/server/link-page.ts';
import { hideToken, readToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    return { link: await readLinkPage(event, CONFIRMING) };
  });

export const actions: Actions = {
  confirm: (event) =>
    act(event, async (form) => {
      await confirmAddress(callerOf(event), readToken(event), form.text('password'));
      return sayDone(event);
    }),
};
