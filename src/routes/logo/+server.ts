// The co-operative's logo, for everybody.
import { error } from '@sveltejs/kit';
import { readLogo } from '#server/site/logo.ts';
import { pictureResponse } from '#lib/profile/picture-response.ts';
import { answer, callerOf } from '#lib/server/answers.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const logo = await readLogo(callerOf(event));
    if (!logo) return error(404, { message: 'page_unknown', code: 'page_unknown' });
    return pictureResponse(event, logo, 'private');
  });
