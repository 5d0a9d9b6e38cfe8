// Loading more languages, several at once.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { Refusal } from '#server/kernel/refusal.ts';
import { findLanguage, known } from '#server/languages/known.ts';
import { addLanguage } from '#server/languages/load.ts';
import { savePreferences } from '#server/preferences/preferences.ts';
import { inTransaction, mustBelongTo, SETTINGS } from '#server/store/caller.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { shownLanguages } from '#lib/profile/languages.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

const HERE = '/settings/languages/add';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = mustBelongTo(memberOf(event), SETTINGS);
    const { languages: loaded } = await event.locals.inside();
    const added = (event.url.searchParams.get('added') ?? '').split(',');
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.languages', href: '/settings/languages' },
        { label: 'languages.add' },
      ] satisfies Crumb[],
      missing: shownLanguages(known, (code) => !loaded.includes(code)),
      added: shownLanguages(known, (code) => added.includes(code) && loaded.includes(code)),
      own: event.locals.recognised?.language ?? caller.language,
    };
  });

export const actions: Actions = {
  add: (event) =>
    act(event, async (form) => {
      const codes = known.map(({ code }) => code).filter((code) => form.optional(`code-${code}`));
      if (codes.length === 0) throw new Refusal('languages_unchosen', { field: 'codes' });
      await inTransaction(memberOf(event), async (inside) => {
        for (const code of codes) await addLanguage(inside, code);
      });
      redirect(303, `${HERE}?added=${codes.join(',')}`);
    }),
  use: (event) =>
    act(event, async (form) => {
      const code = findLanguage(form.text('code'))?.code ?? '';
      await savePreferences(memberOf(event), app().secret, { language: code });
      redirect(303, '/settings/languages');
    }),
};
