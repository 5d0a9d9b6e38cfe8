// What the house told this person.
import { redirect } from '@sveltejs/kit';
import { listNotices, markAllRead, markRead } from '#server/notices/notices.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

const SHOWN = 30;

/** A number of a notice out of the address or a form; undefined for anything else. */
function idOf(text: string | null): number | undefined {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
}

const HERE = '/my/messages';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const before = idOf(event.url.searchParams.get('before'));
    // One more than is shown tells whether there are older ones.
    const found = await listNotices(memberOf(event), { limit: SHOWN + 1, before });
    const notices = found.slice(0, SHOWN);
    return {
      crumbs: [{ label: 'app.messages' }] satisfies Crumb[],
      notices,
      older: found.length > SHOWN ? notices.at(-1)?.id : undefined,
      before,
      read: event.url.searchParams.get('read'),
    };
  });

export const actions: Actions = {
  all: (event) =>
    act(event, async () => {
      await markAllRead(memberOf(event));
      redirect(303, `${HERE}?read=all`);
    }),
  one: (event) =>
    act(event, async (form) => {
      const id = idOf(form.text('id')) ?? 0;
      await markRead(memberOf(event), id);
      const before = idOf(form.text('before'));
      const page = before === undefined ? '' : `before=${before}&`;
      redirect(303, `${HERE}?${page}read=one#notice-${id}`);
    }),
};
