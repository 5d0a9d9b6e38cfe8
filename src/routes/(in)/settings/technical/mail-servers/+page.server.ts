// The co-operative's outgoing mail servers.
import { mailStays } from '#server/mail/mail-screen.ts';
import { SERVERS } from '#server/mail/server-screen.ts';
import * as acts from '#server/records/acts.ts';
import { list } from '#server/records/list.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { backTo, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const caller = await readerOf(event);
    const screen = await list(caller, SERVERS, searchParams);
    return {
      crumbs: [{ name: screen.title }] satisfies Crumb[],
      screen,
      stays: await mailStays(caller),
      done: searchParams.get('done'),
      count: Number(searchParams.get('count') ?? 1) || 0,
    };
  });

const picked =
  (name: 'archive' | 'unarchive' | 'duplicate', done: string) => (event: RequestEvent) =>
    act(event, async (form) => {
      const ids = acts.readPicked(Object.keys(form.typed()));
      await acts[name](await readerOf(event), SERVERS, ids);
      backTo(event, SERVERS, done, ids.length);
    });

export const actions: Actions = {
  archive: picked('archive', 'archived'),
  unarchive: picked('unarchive', 'unarchived'),
  duplicate: picked('duplicate', 'duplicated'),
};
