// The words of one kind of mail in one language.
import { redirect } from '@sveltejs/kit';
import { findLanguage } from '#server/languages/known.ts';
import { sendTrial } from '#server/mail/trial.ts';
import { placeOf, readWording, restoreOriginal, saveWording } from '#server/mail/wordings.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const LIST = '/settings/technical/mail-templates';

/** The caller and the place of the address. */
async function whereOf(event: RequestEvent | Parameters<PageServerLoad>[0]) {
  const caller = memberOf(event);
  return { caller, place: await placeOf(caller, event.params.kind, event.params.language) };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { caller, place } = await whereOf(event);
    const language = findLanguage(place.language);
    const wording = await readWording(caller, place);
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.mail-templates', href: LIST },
        { label: `mail-kind.${place.kind}` },
      ] satisfies Crumb[],
      wording,
      sharedFrom: findLanguage(wording.sharedFrom ?? '')?.name ?? '',
      kind: place.kind,
      language: { name: language?.name ?? place.language, tag: language?.tag ?? place.language },
      here: `${LIST}/${place.kind}/${place.language}`,
      saved: event.url.searchParams.has('saved'),
      restored: event.url.searchParams.has('restored'),
    };
  });

export const actions: Actions = {
  save: (event) =>
    act(event, async (form) => {
      const { caller, place } = await whereOf(event);
      await saveWording(caller, place, { subject: form.text('subject'), body: form.text('body') });
      redirect(303, `${event.url.pathname}?saved`);
    }),
  trial: (event) =>
    act(event, async (form) => {
      const { caller, place } = await whereOf(event);
      const words = { subject: form.text('subject'), body: form.text('body') };
      const sent = await sendTrial(caller, place, words);
      return { refused: undefined, typed: form.typed(), sent };
    }),
  restore: (event) =>
    act(event, async () => {
      const { caller, place } = await whereOf(event);
      await restoreOriginal(caller, place);
      redirect(303, `${event.url.pathname}?restored`);
    }),
};
