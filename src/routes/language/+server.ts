// Choosing a language: for this browser, and for the person who has signed in.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { findLanguage } from '#server/languages/known.ts';
import { savePreferences } from '#server/preferences/preferences.ts';
import { act } from '#lib/server/answers.ts';
import { setLanguage } from '#lib/server/cookies.ts';
import type { RequestHandler } from './$types.js';

/** The page to come back to: any of this site, sign-in included, and never another site (ASVS 3.7.2). */
function backTo(wished: string, here: URL): string {
  const url = wished.startsWith('/') && URL.canParse(wished, here) ? new URL(wished, here) : here;
  if (url === here || url.origin !== here.origin || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}

export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async (event) => {
  let back = '/';
  await act(event, async (form) => {
    back = backTo(form.text('back'), event.url);
    const language = findLanguage(form.text('code'));
    if (!language) return;
    setLanguage(event, language.code);
    const { caller } = event.locals;
    if (caller?.person) await savePreferences(caller, app().secret, { language: language.code });
  });
  redirect(303, back);
};
