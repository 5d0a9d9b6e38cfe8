// How hard a password is to guess, while it is typed. Nothing of it is kept or logged.
import { error, json } from '@sveltejs/kit';
import { z } from 'zod';
import { ownWords } from '#server/passwords/change.ts';
import { estimateStrength } from '#server/passwords/strength.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { RequestHandler } from './$types.js';

/** In bytes: more than the longest password takes. */
const MOST = 4_096;

const question = z.object({ password: z.string().max(1_024) });

export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    const { headers } = event.request;
    // A type that no form of another site can send (ASVS 3.5.2).
    if (headers.get('content-type') !== 'application/json') return error(415, 'form_unreadable');
    if (Number(headers.get('content-length') ?? MOST + 1) > MOST)
      return error(413, 'form_unreadable');
    const asked = question.safeParse(await event.request.json().catch(() => null));
    if (!asked.success) return error(400, 'form_unreadable');
    const { score, label, warning, suggestions } = await estimateStrength(
      asked.data.password,
      ownWords(caller),
    );
    return json({ score, label, warning, suggestions });
  });
