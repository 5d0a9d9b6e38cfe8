// How hard a password is to guess, while it is typed. Nothing of it is kept or logged.
import { error, json, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { wordsFor } from '#server/kernel/words.ts';
import { estimateStrength } from '#server/passwords/strength.ts';

/** In bytes: more than the longest password takes. */
const MOST = 4_096;

const question = z.object({ password: z.string().max(1_024) });

/**
 * Answers `{ score, label, remarks }` about the password in the body: the score from 0 to 4, the rest as
 * texts for the reader. `own` are words that count for little. Throws SvelteKit's error 400, 413, 415.
 */
export async function tellStrength(event: RequestEvent, own: string[]): Promise<Response> {
  const { headers } = event.request;
  // A type that no form of another site can send (ASVS 3.5.2).
  if (headers.get('content-type') !== 'application/json') return error(415, 'form_unreadable');
  if (Number(headers.get('content-length') ?? MOST + 1) > MOST)
    return error(413, 'form_unreadable');
  const asked = question.safeParse(await event.request.json().catch(() => null));
  if (!asked.success) return error(400, 'form_unreadable');
  const { score, label, warning, suggestions } = await estimateStrength(asked.data.password, own);
  const { tell } = wordsFor(await event.locals.settleLanguage());
  const remarks = [...(warning === null ? [] : [warning]), ...suggestions];
  return json({ score, label: tell(label), remarks: remarks.map((key) => tell(key)) });
}
