// Asking for a new password. While no mail leaves this house, the page says who can help instead.
import { answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const login = searchParams.get('login');
    const db = searchParams.get('db');
    // What was typed goes back with the person.
    const query = new URLSearchParams({ ...(db && { db }), ...(login && { login }) });
    return { login, back: query.size > 0 ? `/web/login?${query}` : '/web/login' };
  });
