// Preferences, and the picture in the head of the profile.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { known, localeTag } from '#server/languages/known.ts';
import { cancelAddress, resendAddress } from '#server/preferences/address.ts';
import { removePicture, savePicture } from '#server/preferences/picture.ts';
import { savePreferences } from '#server/preferences/preferences.ts';
import { signatureToText, textToSignature } from '#server/preferences/signature.ts';
import { listTimeZones } from '#server/preferences/time-zones.ts';
import { belongsTo, INTERNAL, SETTINGS } from '#server/store/caller.ts';
import { isChanged } from '#lib/fields/form.ts';
import { packZones } from '#lib/fields/zones.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { shownLanguages } from '#lib/profile/languages.ts';
import { act, answer, memberOf, type Form } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

const HERE = '/my/profile';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    const [{ profile }, language, { languages: loaded }] = await Promise.all([
      event.parent(),
      event.locals.settleLanguage(),
      event.locals.inside(),
    ]);
    return {
      crumbs: [{ label: 'frame.profile' }] satisfies Crumb[],
      stored: {
        notificationType: profile.notificationType,
        language: profile.language ?? language,
        timeZone: profile.timeZone ?? '',
        email: profile.email,
        signature: profile.signature,
        signatureText: signatureToText(profile.signature),
      },
      offered: {
        languages: shownLanguages(known, (code) => loaded.includes(code)),
        zones: packZones(listTimeZones(localeTag(language), caller.now())),
        inbox: belongsTo(caller, INTERNAL),
        addsLanguages: belongsTo(caller, SETTINGS),
      },
      pending: profile.waiting,
      saved: event.url.searchParams.has('saved'),
      address: event.url.searchParams.get('address'),
    };
  });

const lines = (text: string | undefined) => text?.replace(/\r\n?/g, '\n');

/** What the person changed: a field that still holds what the page was made with stays out. */
function changed(form: Form, name: string): string | undefined {
  const value = form.optional(name);
  return lines(value) === lines(form.optional(`${name}Was`)) ? undefined : value;
}

/** Rich text from the editor; from a page without scripts, plain text. */
function signatureOf(form: Form): string | undefined {
  const text = changed(form, 'signatureText');
  return changed(form, 'signature') ?? (text === undefined ? undefined : textToSignature(text));
}

/** After an act beside the fields: what was typed in them, and not saved by it, is still there. */
function stay(form: Form, outcome: 'resent' | 'cancelled') {
  const typed = form.typed();
  if (!isChanged(new Map(Object.entries(typed)))) redirect(303, `${HERE}?address=${outcome}`);
  return { typed, address: outcome };
}

export const actions: Actions = {
  save: (event) =>
    act(event, async (form) => {
      await savePreferences(memberOf(event), app().secret, {
        notificationType: changed(form, 'notificationType'),
        language: changed(form, 'language'),
        timeZone: changed(form, 'timeZone'),
        email: changed(form, 'email'),
        signature: signatureOf(form),
        password: form.optional('proof'),
      });
      redirect(303, `${HERE}?saved`);
    }),
  resendAddress: (event) =>
    act(event, async (form) => {
      await resendAddress(memberOf(event));
      return stay(form, 'resent');
    }),
  cancelAddress: (event) =>
    act(event, async (form) => {
      await cancelAddress(memberOf(event));
      return stay(form, 'cancelled');
    }),
  picture: (event) =>
    act(event, async (form) => {
      const bytes = await form.file('picture')?.bytes();
      await savePicture(memberOf(event), bytes ?? new Uint8Array());
      redirect(303, `${HERE}?picture=saved`);
    }),
  removePicture: (event) =>
    act(event, async () => {
      await removePicture(memberOf(event));
      redirect(303, `${HERE}?picture=removed`);
    }),
};
