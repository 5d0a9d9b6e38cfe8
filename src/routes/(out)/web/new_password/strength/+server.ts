// How strong a new password of the signed-in person would be.
import { ownWords } from '#server/passwords/give.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import { tellStrength } from '#lib/server/strength.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    return tellStrength(event, ownWords(caller, caller.person));
  });
