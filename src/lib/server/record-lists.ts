// What every list of records loads, and what its buttons do.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as acts from '#server/records/acts.ts';
import { list } from '#server/records/list.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, type Form } from './answers.ts';
import { backTo, readerOf } from './records.ts';

/** The list at the address of the event. */
export async function loadList(event: RequestEvent) {
  const { pathname, search, searchParams } = event.url;
  const screen = await list(await readerOf(event), pathname, searchParams);
  if (screen.base !== pathname) redirect(308, `${screen.base}${search}`);
  return {
    crumbs: [{ name: screen.title }] satisfies Crumb[],
    screen,
    done: searchParams.get('done'),
    count: Number(searchParams.get('count') ?? 1) || 0,
  };
}

const picked = (form: Form) => acts.readPicked(Object.keys(form.typed()));

export const listActions = {
  archive: (event: RequestEvent) =>
    act(event, async (form) => {
      const { pathname } = event.url;
      const ids = picked(form);
      await acts.archive(await readerOf(event), pathname, ids);
      backTo(event, pathname, 'archived', ids.length);
    }),
  unarchive: (event: RequestEvent) =>
    act(event, async (form) => {
      const { pathname } = event.url;
      const ids = picked(form);
      await acts.unarchive(await readerOf(event), pathname, ids);
      backTo(event, pathname, 'unarchived', ids.length);
    }),
  duplicate: (event: RequestEvent) =>
    act(event, async (form) => {
      const { pathname } = event.url;
      const ids = picked(form);
      await acts.duplicate(await readerOf(event), pathname, ids);
      backTo(event, pathname, 'duplicated', ids.length);
    }),
};
