// Asks before records are deleted, and deletes them.
import { names, readPicked, remove } from '#server/records/acts.ts';
import { Refusal } from '#server/kernel/refusal.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { backTo, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const path = `/${event.params.place}`;
    const { searchParams } = event.url;
    const ids = readPicked(searchParams.keys());
    const { base, title, records } = await names(await readerOf(event), path, ids);
    if (records.length === 0) throw new Refusal('page_unknown', { status: 404 });
    const back = listAddress(base, searchParams);
    return {
      crumbs: [{ name: title, href: back }, { label: 'records.delete' }] satisfies Crumb[],
      records,
      back: records.length === 1 ? `${base}/${records[0]!.id}` : back,
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      const ids = readPicked(Object.keys(form.typed()));
      const path = `/${event.params.place}`;
      await remove(await readerOf(event), path, ids);
      for (const name of [...event.url.searchParams.keys()])
        if (name.startsWith('pick-')) event.url.searchParams.delete(name);
      backTo(event, path, 'deleted', ids.length);
    }),
};
