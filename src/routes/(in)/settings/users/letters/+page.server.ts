// Asks before access letters are printed: each press of the button makes new links.
import { offerLetters } from '#server/letters/letters.ts';
import { readPicked } from '#server/records/acts.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { PageServerLoad } from './$types.js';

const BASE = '/settings/users';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const ids = readPicked(searchParams.keys());
    const people = await offerLetters(await readerOf(event), ids);
    return {
      crumbs: [
        { label: 'menu.settings.users', href: listAddress(BASE, searchParams) },
        { label: 'letter.menu-many' },
      ] satisfies Crumb[],
      people,
      back: ids.length === 1 ? `${BASE}/${ids[0]}` : listAddress(BASE, searchParams),
    };
  });
