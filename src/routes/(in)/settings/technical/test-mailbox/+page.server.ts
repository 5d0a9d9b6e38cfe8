// The mailbox of a test database.
import { redirect } from '@sveltejs/kit';
import { emptyMailbox, listCaught } from '#server/mail/mailbox.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A number out of the address; undefined for anything else. */
function numberIn(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name) ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const text = event.url.searchParams.get('q') ?? '';
    const page = numberIn(event.url, 'page') ?? 1;
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.test-mailbox' },
      ] satisfies Crumb[],
      ...(await listCaught(memberOf(event), { text, page })),
      text,
      page,
      emptied: numberIn(event.url, 'emptied'),
    };
  });

export const actions: Actions = {
  empty: (event) =>
    act(event, async () => {
      const emptied = await emptyMailbox(memberOf(event));
      redirect(303, `/settings/technical/test-mailbox?emptied=${emptied}`);
    }),
};
