// The front door of the co-operative.
import { callerOf, answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => ({ title: callerOf(event).tenant.title }));
