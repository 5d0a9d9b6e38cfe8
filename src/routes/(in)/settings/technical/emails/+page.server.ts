// All mails of the co-operative: those of the house and those that somebody wrote.
import { dealWith, EMAILS, mailStays, type MailDeed } from '#server/mail/mail-screen.ts';
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
    const screen = await list(caller, EMAILS, searchParams);
    return {
      crumbs: [{ name: screen.title }] satisfies Crumb[],
      screen,
      stays: await mailStays(caller),
      done: searchParams.get('done'),
      count: Number(searchParams.get('count') ?? 1) || 0,
    };
  });

const picked = (deed: MailDeed, done: string) => (event: RequestEvent) =>
  act(event, async (form) => {
    const ids = acts.readPicked(Object.keys(form.typed()));
    await dealWith(await readerOf(event), deed, ids);
    backTo(event, EMAILS, done, ids.length);
  });

export const actions: Actions = {
  send: picked('send', 'mail_sent'),
  retry: picked('mark_outgoing', 'mail_sent'),
  cancel: picked('cancel', 'mail_cancelled'),
  duplicate: (event) =>
    act(event, async (form) => {
      const ids = acts.readPicked(Object.keys(form.typed()));
      await acts.duplicate(await readerOf(event), EMAILS, ids);
      backTo(event, EMAILS, 'duplicated', ids.length);
    }),
};
