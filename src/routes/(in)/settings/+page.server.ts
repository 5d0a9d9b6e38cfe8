// General settings of the co-operative, for those who administer it.
import { redirect } from '@sveltejs/kit';
import { known, localeTag } from '#server/languages/known.ts';
import { waitingForMail } from '#server/mail/ready.ts';
import { listTimeZones } from '#server/preferences/time-zones.ts';
import { readSettings, saveSettings } from '#server/tenants/settings.ts';
import { packZones } from '#lib/fields/zones.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { shownLanguages } from '#lib/profile/languages.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    const stored = await readSettings(caller);
    const [language, waiting] = await Promise.all([
      event.locals.settleLanguage(),
      waitingForMail(caller),
    ]);
    const { languages: loaded } = await event.locals.inside();
    return {
      crumbs: [{ label: 'menu.settings.general' }] satisfies Crumb[],
      stored,
      waiting,
      languages: shownLanguages(known, (code) => loaded.includes(code)),
      zones: packZones(listTimeZones(localeTag(language), caller.now())),
      saved: event.url.searchParams.has('saved'),
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      await saveSettings(memberOf(event), {
        title: form.text('title'),
        language: form.text('language'),
        timeZone: form.text('timeZone'),
        colour: form.text('colour'),
        passwordMinLength: form.text('passwordMinLength'),
        sessionIdleHours: form.text('sessionIdleHours'),
        sessionAbsoluteDays: form.text('sessionAbsoluteDays'),
        resetHours: form.text('resetHours'),
        invitationDays: form.text('invitationDays'),
        handPasswords: form.text('handPasswords'),
      });
      redirect(303, '/settings?saved');
    }),
};
