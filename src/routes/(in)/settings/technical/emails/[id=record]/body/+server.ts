// The body of a mail, for the frame of its page.
import { BODY_POLICY, readBody } from '#server/mail/mail-screen.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const html = await readBody(memberOf(event), Number(event.params.id));
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': BODY_POLICY,
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
      },
    });
  });
