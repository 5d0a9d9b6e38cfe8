// The form of a user.
import { sendLinks } from '#server/users/invite.ts';
import { saveUser } from '#server/users/save.ts';
import { readUser, signOutEverywhere } from '#server/users/screen.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { packZones } from '#lib/fields/zones.ts';
import { listAddress } from '#lib/records/query.ts';
import { act, answer } from '#lib/server/answers.ts';
import { recordActions } from '#lib/server/record-actions.ts';
import { backTo, idOf, postedOf, readerOf } from '#lib/server/records.ts';
import { localeTag } from '#server/languages/known.ts';
import { listTimeZones } from '#server/preferences/time-zones.ts';
import type { Actions, PageServerLoad } from './$types.js';

const BASE = '/settings/users';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { searchParams } = event.url;
    const id = idOf(event.params.id);
    const caller = await readerOf(event);
    const screen = await readUser(caller, id, searchParams);
    return {
      crumbs: [
        { name: screen.title, href: listAddress(BASE, searchParams) },
        id === null ? { label: 'records.new' } : { name: screen.name },
      ] satisfies Crumb[],
      screen,
      zones: packZones(listTimeZones(localeTag(caller.language), caller.now())),
      done: searchParams.get('done'),
      count: Number(searchParams.get('count') ?? 1) || 0,
    };
  });

export const actions: Actions = {
  ...recordActions,
  save: (event) =>
    act(event, async (form) => {
      const was = idOf(event.params.id);
      const { id, invited } = await saveUser(await readerOf(event), was, postedOf(form));
      backTo(event, `${BASE}/${id}`, was !== null ? 'saved' : invited ? 'invited' : 'created');
    }),
  sendLinks: (event) =>
    act(event, async () => {
      const caller = await readerOf(event);
      const { leaves } = await sendLinks(caller, [Number(event.params.id)]);
      backTo(event, event.url.pathname, leaves ? 'link_sent' : 'link_kept');
    }),
  signOut: (event) =>
    act(event, async () => {
      const ended = await signOutEverywhere(await readerOf(event), Number(event.params.id));
      backTo(event, event.url.pathname, 'signed_out', ended);
    }),
};
