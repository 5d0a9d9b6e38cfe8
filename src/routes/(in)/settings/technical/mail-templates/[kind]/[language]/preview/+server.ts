// How a mail would look with the words that count (GET), or with those that are typed (POST). Shown in a
// frame: nothing in it runs, loads or leads anywhere.
import { isRefusal } from '#server/kernel/refusal.ts';
import { wordsFor } from '#server/kernel/words.ts';
import { mailPage, messagePage, textPage } from '#server/mail/preview.ts';
import { previewWords } from '#server/mail/trial.ts';
import type { Words } from '#server/mail/wording.ts';
import { placeOf, readWording } from '#server/mail/wordings.ts';
import { answer, memberOf, readForm } from '#lib/server/answers.ts';
import type { RequestEvent, RequestHandler } from './$types.js';

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
  'x-frame-options': 'SAMEORIGIN',
};

async function draw(event: RequestEvent, typed?: Words): Promise<string> {
  const caller = memberOf(event);
  const place = await placeOf(caller, event.params.kind, event.params.language);
  const words = typed ?? (await readWording(caller, place)).words;
  const mail = await previewWords(caller, place, words);
  return event.url.searchParams.has('text') ? textPage(mail, place.language) : mailPage(mail);
}

async function drawOrTell(event: RequestEvent, typed?: Words): Promise<string> {
  try {
    return await draw(event, typed);
  } catch (caught) {
    if (!isRefusal(caught) || caught.status !== 400) throw caught;
    const language = await event.locals.settleLanguage();
    const { tell } = wordsFor(language);
    return messagePage(tell(`refusal.${caught.code}`, caught.values), language);
  }
}

export const GET: RequestHandler = (event) =>
  answer(event, async () => new Response(await drawOrTell(event), { headers }));

export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    const form = await readForm(event);
    const typed = { subject: form.text('subject'), body: form.text('body') };
    return new Response(await drawOrTell(event, typed), { headers });
  });
