// Asking for a new password. While no mail leaves this house, the page says who can help instead.
import { answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => ({ login: event.url.searchParams.get('login') ?? '' }));
