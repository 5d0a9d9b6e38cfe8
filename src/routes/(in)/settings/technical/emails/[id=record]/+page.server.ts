// One mail: its fields, how far it has come, and what can be done with it.
import { dealWith, EMAILS, mailStays, readMail, type MailDeed } from '#server/mail/mail-screen.ts';
import { listAddress } from '#lib/records/query.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer } from '#lib/server/answers.ts';
import { recordActions } from '#lib/server/record-actions.ts';
import { backTo, idOf, readerOf } from '#lib/server/records.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const id = idOf(event.params.id);
    const caller = await readerOf(event);
    const screen = await readMail(caller, id, searchParams);
    return {
      crumbs: [
        { name: screen.title, href: listAddress(EMAILS, searchParams) },
        id === null ? { label: 'records.new' } : { name: screen.name },
      ] satisfies Crumb[],
      screen,
      stays: screen.mail?.state === 'outgoing' && (await mailStays(caller)),
      done: searchParams.get('done'),
    };
  });

const deed = (name: MailDeed, done: string) => (event: RequestEvent) =>
  act(event, async () => {
    await dealWith(await readerOf(event), name, [Number(event.params.id)]);
    backTo(event, event.url.pathname, done);
  });

export const actions: Actions = {
  ...recordActions,
  send: deed('send', 'mail_sent'),
  mark_outgoing: deed('mark_outgoing', 'mail_sent'),
  cancel: deed('cancel', 'mail_cancelled'),
};
