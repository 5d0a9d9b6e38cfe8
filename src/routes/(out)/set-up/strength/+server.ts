// How strong the first administrator's password would be, for whoever holds the set-up address.
import { app } from '#server/app.ts';
import { checkSetUp } from '#server/tenants/set-up.ts';
import { answer } from '#lib/server/answers.ts';
import { readToken } from '#lib/server/one-time-token.ts';
import { tellStrength } from '#lib/server/strength.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    await checkSetUp(app().store, readToken(event));
    return tellStrength(event, []);
  });
