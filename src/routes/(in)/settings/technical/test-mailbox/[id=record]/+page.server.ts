// One mail of a test database's mailbox.
import { openCaught } from '#server/mail/mailbox.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const { html: _, ...mail } = await openCaught(memberOf(event), Number(event.params.id));
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.test-mailbox', href: '/settings/technical/test-mailbox' },
        { name: mail.subject },
      ] satisfies Crumb[],
      mail,
    };
  });
