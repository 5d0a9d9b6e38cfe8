// The mail itself, for the frame of its page.
import { VIEW_POLICY, viewCaught } from '#server/mail/mailbox-view.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const html = await viewCaught(memberOf(event), Number(event.params.id));
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': VIEW_POLICY,
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
      },
    });
  });
