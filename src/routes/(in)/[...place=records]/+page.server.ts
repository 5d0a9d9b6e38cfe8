// The list of a model.
import { redirect } from '@sveltejs/kit';
import * as acts from '#server/records/acts.ts';
import { list } from '#server/records/list.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { backTo, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const path = `/${event.params.place}`;
    const { searchParams } = event.url;
    const screen = await list(await readerOf(event), path, searchParams);
    if (screen.base !== path) redirect(308, `${screen.base}${event.url.search}`);
    return {
      crumbs: [{ name: screen.title }] satisfies Crumb[],
      screen,
      done: searchParams.get('done'),
      count: Number(searchParams.get('count') ?? 1) || 0,
    };
  });

export const actions: Actions = {
  archive: (event) =>
    act(event, async (form) => {
      const ids = acts.readPicked(Object.keys(form.typed()));
      await acts.archive(await readerOf(event), `/${event.params.place}`, ids);
      backTo(event, event.url.pathname, 'archived', ids.length);
    }),
  unarchive: (event) =>
    act(event, async (form) => {
      const ids = acts.readPicked(Object.keys(form.typed()));
      await acts.unarchive(await readerOf(event), `/${event.params.place}`, ids);
      backTo(event, event.url.pathname, 'unarchived', ids.length);
    }),
  duplicate: (event) =>
    act(event, async (form) => {
      const ids = acts.readPicked(Object.keys(form.typed()));
      await acts.duplicate(await readerOf(event), `/${event.params.place}`, ids);
      backTo(event, event.url.pathname, 'duplicated', ids.length);
    }),
};
