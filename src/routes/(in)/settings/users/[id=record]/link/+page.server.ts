// A link to set a password, for an administrator to hand on: made when asked for, shown once.
import { Refusal } from '#server/kernel/refusal.ts';
import { copyLink, offerLink } from '#server/users/copy-link.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { idOf, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

function personIn({ id }: { id: string }): number {
  const number = idOf(id);
  if (number === null) throw new Refusal('page_unknown', { status: 404 });
  return number;
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const offer = await offerLink(await readerOf(event), personIn(event.params));
    return {
      crumbs: [
        { label: 'menu.settings.users', href: '/settings/users' },
        { name: offer.name, href: `/settings/users/${offer.id}` },
        { label: 'users.copy-link' },
      ] satisfies Crumb[],
      offer,
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async () => {
      const made = await copyLink(await readerOf(event), personIn(event.params));
      event.setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      return { made };
    }),
};
