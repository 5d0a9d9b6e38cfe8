// An address that leads nowhere, answered inside the public frame.
import { Refusal } from '#server/kernel/refusal.ts';
import { answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, () => Promise.reject(new Refusal('page_unknown', { status: 404 })));
