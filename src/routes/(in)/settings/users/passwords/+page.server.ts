// Passwords that an administrator sets by hand, for one person or several.
import { redirect } from '@sveltejs/kit';
import { isRowId } from '#server/kernel/row-id.ts';
import { readPicked } from '#server/records/acts.ts';
import { giveByHand, handOffer } from '#server/passwords/by-hand.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

const BASE = '/settings/users';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const ids = readPicked(searchParams.keys());
    const offer = await handOffer(await readerOf(event), ids);
    const back = ids.length === 1 ? `${BASE}/${ids[0]}` : listAddress(BASE, searchParams);
    return {
      crumbs: [
        { label: 'menu.settings.users', href: listAddress(BASE, searchParams) },
        { label: 'users.password-title' },
      ] satisfies Crumb[],
      offer,
      back,
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      const typed = form.names('password-').flatMap((name) => {
        const id = Number(name.slice('password-'.length));
        return isRowId(id) ? [{ id, password: form.text(name) }] : [];
      });
      const given = await giveByHand(await readerOf(event), typed);
      const to = given === 1 ? `${BASE}/${typed[0]!.id}` : BASE;
      redirect(303, `${to}?done=passwords_given&count=${given}`);
    }),
};
