// Why somebody may or may not do something.
import { Refusal } from '#server/kernel/refusal.ts';
import { whyMay } from '#server/users/why.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer } from '#lib/server/answers.ts';
import { idOf, readerOf } from '#lib/server/records.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const id = idOf(event.params.id);
    if (id === null) throw new Refusal('page_unknown', { status: 404 });
    const { searchParams } = event.url;
    const model = searchParams.get('model');
    const record = (searchParams.get('record') ?? '').slice(0, 20);
    const why = await whyMay(await readerOf(event), id, { model, record });
    return {
      crumbs: [
        { label: 'menu.settings.users', href: '/settings/users' },
        { name: why.name, href: `/settings/users/${id}` },
        { label: 'why.title' },
      ] satisfies Crumb[],
      ...why,
      model: model ?? '',
      record,
    };
  });
