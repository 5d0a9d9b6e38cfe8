// Which language this reader gets: all pages need to know.
import { answer } from '#lib/server/answers.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => ({ language: await event.locals.settleLanguage() }));
