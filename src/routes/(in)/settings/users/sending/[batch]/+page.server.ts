// How far the links are that were sent to several people.
import { names } from '#server/records/acts.ts';
import { progressOf } from '#server/users/sending.ts';
import { isRowId } from '#server/kernel/row-id.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { PageServerLoad } from './$types.js';

const BASE = '/settings/users';

function countIn(url: URL, name: string): number {
  const text = url.searchParams.get(name) ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : 0;
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = await readerOf(event);
    const { searchParams } = event.url;
    const without = (searchParams.get('without') ?? '').split(',').map(Number).filter(isRowId);
    return {
      crumbs: [
        { label: 'menu.settings.users', href: BASE },
        { label: 'users.sending-title' },
      ] satisfies Crumb[],
      progress: await progressOf(caller, event.params.batch),
      without: without.length > 0 ? (await names(caller, BASE, without.slice(0, 50))).records : [],
      withoutCount: Math.max(without.length, countIn(event.url, 'many')),
      passedOver: countIn(event.url, 'passed'),
      still: searchParams.has('still'),
    };
  });
