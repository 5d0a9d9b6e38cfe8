// The databases of this installation, for people who come without naming one.
import { app } from '#server/app.ts';
import { redirect } from '@sveltejs/kit';
import { Refusal } from '#server/kernel/refusal.ts';
import { findTenants } from '#server/store/tenants.ts';
import { answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

/** From here on people search rather than look. */
const MANY = 8;
/** The most that are shown at once. */
const MOST = 50;

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { store, config } = app();
    if (!config.listDatabases) throw new Refusal('page_unknown', { status: 404 });
    const { searchParams } = event.url;
    const wanted = (searchParams.get('q') ?? '').trim().slice(0, 100).replaceAll('\0', '');
    // One more than is shown tells whether there are others.
    const found = await findTenants(store, { wanted, limit: MOST + 1 });
    if (found.length === 0 && wanted === '') return redirect(303, '/set-up');
    const databases = found.slice(0, MOST).map(({ name, title, url }) => ({
      name,
      title,
      href: url ? `${url}/web/login` : `/web/login?${new URLSearchParams({ db: name })}`,
    }));
    const missing = event.locals.caller ? null : searchParams.get('db');
    const [many, more] = [wanted !== '' || found.length > MANY, found.length > MOST];
    return { databases, wanted, many, more, missing };
  });
