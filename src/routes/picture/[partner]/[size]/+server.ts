// Pictures of people. The address holds the picture's digest, so that a browser keeps it for ever and
// still sees a new one at once.
import { error } from '@sveltejs/kit';
import { readPicture } from '#server/preferences/picture.ts';
import { pictureResponse } from '#lib/profile/picture-response.ts';
import { answer, callerOf } from '#lib/server/answers.ts';
import type { RequestHandler } from './$types.js';

const numberOf = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const { partner, size } = event.params;
    const picture = await readPicture(callerOf(event), numberOf(partner), numberOf(size));
    // Whether there is none or one may not see it: the same answer.
    if (!picture) return error(404, { message: 'page_unknown', code: 'page_unknown' });
    return pictureResponse(event, picture, 'private');
  });
