// The first password, through the link of an invitation or of the console.
import { answer } from '#lib/server/answers.ts';
import { linkActions, readLinkPage } from '#lib/server/link-page.ts';
import { hideToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    return { link: await readLinkPage(event) };
  });

export const actions: Actions = linkActions;
