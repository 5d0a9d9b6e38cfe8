// Which language this reader gets, and whether this is a database to practise on: for all pages.
import { belongsTo, SETTINGS, type Caller } from '#server/store/caller.ts';
import { answer } from '#lib/server/answers.ts';
import { isOfTheHouse } from '#lib/server/house.ts';
import type { LayoutServerLoad } from './$types.js';

/** What the banner of a test database says; null for any other. */
function practiceOf(caller: Caller | undefined) {
  if (!caller?.tenant.test) return null;
  const keeps = belongsTo(caller, SETTINGS);
  return {
    from: caller.tenant.copiedFrom,
    mailbox: keeps ? '/settings/technical/test-mailbox' : null,
  };
}

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => {
    const { locals, route } = event;
    const language = await locals.settleLanguage();
    return { language, practice: isOfTheHouse(route) ? null : practiceOf(locals.caller) };
  });
