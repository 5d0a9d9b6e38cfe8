// A simple page of the co-operative's own.
import { cleanPage } from '#server/site/clean.ts';
import { readPage } from '#server/site/frame.ts';
import { answer, callerOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = callerOf(event);
    await event.locals.settleLanguage();
    const { title, body } = await readPage(caller, event.params.slug);
    return { title, body: cleanPage(body) };
  });
