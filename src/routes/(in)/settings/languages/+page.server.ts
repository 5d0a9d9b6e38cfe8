// The languages people may choose, and taking one away.
import { redirect } from '@sveltejs/kit';
import { findLanguage } from '#server/languages/known.ts';
import { FIRST_LANGUAGE, listLanguages, removeLanguage } from '#server/languages/load.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    const removed = findLanguage(event.url.searchParams.get('removed') ?? '');
    const loaded = await listLanguages(caller);
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.languages' },
      ] satisfies Crumb[],
      loaded: loaded.map(({ code, people }) => ({
        code,
        people,
        name: findLanguage(code)?.name ?? code,
        first: code === FIRST_LANGUAGE,
        preset: code === caller.tenant.language,
      })),
      removed: removed && !loaded.some(({ code }) => code === removed.code) ? removed.name : null,
    };
  });

export const actions: Actions = {
  remove: (event) =>
    act(event, async (form) => {
      const code = form.text('code');
      await removeLanguage(memberOf(event), code);
      redirect(303, `/settings/languages?${new URLSearchParams({ removed: code })}`);
    }),
};
