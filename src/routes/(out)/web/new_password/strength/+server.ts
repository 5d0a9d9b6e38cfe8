// How strong a new password of the signed-in person would be.
import { ownWords } from '#server/passwords/change.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import { tellStrength } from '#lib/server/strength.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) =>
  answer(event, async () => tellStrength(event, ownWords(memberOf(event))));
