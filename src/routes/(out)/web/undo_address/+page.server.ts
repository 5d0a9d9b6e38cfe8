// Going back to the old e-mail address, through the link that was mailed to it.
import { undoAddress, UNDOING } from '#server/preferences/address.ts';
import { act, answer, callerOf } from '#lib/server/answers.ts';
import { readLinkPage, sayDone } from '#lib/server/link-page.ts';
import { hideToken, readToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    return { link: await readLinkPage(event, UNDOING) };
  });

export const actions: Actions = {
  undo: (event) =>
    act(event, async (form) => {
      await undoAddress(callerOf(event), readToken(event), form.text('address'));
      return sayDone(event);
    }),
};
