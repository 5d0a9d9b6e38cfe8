// The databases of this installation, for people who come without naming one.
import { app } from '#server/app.ts';
import { redirect } from '@sveltejs/kit';
import { Refusal } from '#server/kernel/refusal.ts';
import { listTenants } from '#server/store/tenants.ts';
import { answer } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

/** From here on people search rather than look. */
const MANY = 8;

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { store, config } = app();
    if (!config.listDatabases) throw new Refusal('page_unknown', { status: 404 });
    const all = await listTenants(store);
    if (all.length === 0) return redirect(303, '/set-up');
    const { searchParams } = event.url;
    const wanted = searchParams.get('q') ?? '';
    const databases = all
      .filter(({ name, title }) => fold(`${title} ${name}`).includes(fold(wanted.trim())))
      .map(({ name, title, url }) => ({
        name,
        title,
        href: url ? `${url}/web/login` : `/web/login?${new URLSearchParams({ db: name })}`,
      }));
    const missing = event.locals.caller ? null : searchParams.get('db');
    return { databases, wanted, many: all.length > MANY, missing };
  });
