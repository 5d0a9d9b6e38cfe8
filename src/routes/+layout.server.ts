// Which language this reader gets, and whether this is a database to practise on: for all pages.
import { answer } from '#lib/server/answers.ts';
import { isOfTheHouse } from '#lib/server/house.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => {
    const { locals, route } = event;
    const language = await locals.settleLanguage();
    const tenant = isOfTheHouse(route) ? undefined : locals.caller?.tenant;
    return { language, practice: tenant?.test ? { from: tenant.copiedFrom } : null };
  });
