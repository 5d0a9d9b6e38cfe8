// The form of a record, or of a new one.
import { redirect } from '@sveltejs/kit';
import { form as readForm } from '#server/records/form.ts';
import { listAddress } from '#lib/records/query.ts';
import { answer } from '#lib/server/answers.ts';
import { recordActions } from '#lib/server/record-actions.ts';
import { idOf, readerOf } from '#lib/server/records.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const path = `/${event.params.place}`;
    const { searchParams } = event.url;
    const id = idOf(event.params.id);
    const screen = await readForm(await readerOf(event), path, id, searchParams);
    if (screen.base !== path) redirect(308, `${screen.base}/${event.params.id}`);
    return {
      crumbs: [
        { name: screen.title, href: listAddress(screen.base, searchParams) },
        id === null ? { label: 'records.new' } : { name: screen.name },
      ] satisfies Crumb[],
      screen,
      done: searchParams.get('done'),
    };
  });

export const actions = recordActions;
