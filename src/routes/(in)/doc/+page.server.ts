// What programs may use: the models that this reader may read.
import { modelsFor } from '#server/models/describe.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const text = (event.url.searchParams.get('q') ?? '').slice(0, 100);
    const wanted = text.toLowerCase();
    const models = await modelsFor(memberOf(event));
    return {
      crumbs: [{ label: 'doc.title' }] satisfies Crumb[],
      text,
      models: models.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted)),
    };
  });
