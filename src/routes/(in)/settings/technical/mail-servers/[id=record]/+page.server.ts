// One outgoing mail server, and a trial of it.
import { SERVERS, trial } from '#server/mail/server-screen.ts';
import { form as readForm } from '#server/records/form.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { recordActions } from '#lib/server/record-actions.ts';
import { idOf, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const id = idOf(event.params.id);
    const screen = await readForm(await readerOf(event), SERVERS, id, searchParams);
    return {
      crumbs: [
        { name: screen.title, href: listAddress(SERVERS, searchParams) },
        id === null ? { label: 'records.new' } : { name: screen.name },
      ] satisfies Crumb[],
      screen,
      done: searchParams.get('done'),
    };
  });

export const actions: Actions = {
  ...recordActions,
  test: (event) =>
    act(event, async () => ({
      trial: await trial(await readerOf(event), Number(event.params.id)),
    })),
};
