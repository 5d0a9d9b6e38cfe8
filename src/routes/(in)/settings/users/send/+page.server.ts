// Asks before links are sent to several people, and sends them.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { matching, readPicked } from '#server/records/acts.ts';
import { previewLinks, sendLinks, sendLinksToAll } from '#server/users/invite.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

const BASE = '/settings/users';

/** Most people without an address that the address of the next page names. */
const MOST_NAMED = 50;

/** Those that are ticked, or all that the list shows. */
async function meant(event: RequestEvent) {
  const caller = await readerOf(event);
  const { searchParams } = event.url;
  if (!searchParams.has('all')) return { caller, ids: readPicked(searchParams.keys()), all: false };
  return { caller, ids: await matching(caller, BASE, searchParams), all: true };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const { caller, ids } = await meant(event);
    const back = listAddress(BASE, searchParams);
    return {
      crumbs: [
        { label: 'menu.settings.users', href: back },
        { label: 'users.send-title' },
      ] satisfies Crumb[],
      preview: await previewLinks(caller, ids),
      back,
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async () => {
      const { caller, ids, all } = await meant(event);
      const { batch, without, passedOver } = all
        ? await sendLinksToAll(caller, ids)
        : await sendLinks(caller, ids);
      const query = new URLSearchParams();
      if (without.length > 0) {
        const named = without.slice(0, MOST_NAMED).map(({ id }) => id);
        query.set('without', named.join(','));
        query.set('many', String(without.length));
      }
      if (passedOver > 0) query.set('passed', String(passedOver));
      redirect(303, `${BASE}/sending/${batch}?${query}`);
    }),
};
