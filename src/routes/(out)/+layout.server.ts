// The public frame, for everybody; where no database is known, the way to one.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { known } from '#server/languages/known.ts';
import { frameIn } from '#server/site/frame.ts';
import { belongsTo, INTERNAL, type Caller } from '#server/store/caller.ts';
import { anyTenant } from '#server/store/tenants.ts';
import { answer } from '#lib/server/answers.ts';
import { isOfTheHouse } from '#lib/server/house.ts';
import type { LayoutServerLoad } from './$types.js';

/** These pages run no framework in the browser: they are quick on any line and any phone. */
export const csr = false;

/** Pages that, like those of the house, also say something while no database is known. */
const WITHOUT_DATABASE = ['/(out)/web/login', '/(out)/[...path]'];

async function sendToDatabase({ route, url }: RequestEvent): Promise<void> {
  if (isOfTheHouse(route) || WITHOUT_DATABASE.includes(route.id ?? '')) return;
  const { store, config } = app();
  if (!(await anyTenant(store))) return redirect(303, '/set-up');
  const wished = url.searchParams.get('db');
  const query = wished === null ? '' : `?${new URLSearchParams({ db: wished })}`;
  redirect(303, (config.listDatabases ? '/web/database/selector' : '/web/login') + query);
}

function personOf(caller: Caller | undefined) {
  if (!caller?.person) return null;
  return { name: caller.person.name, internal: belongsTo(caller, INTERNAL) };
}

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => {
    const { locals, route, url } = event;
    const language = await locals.settleLanguage();
    const { caller } = locals;
    if (!caller) await sendToDatabase(event);
    const stored = caller && (await locals.frame());
    const framed = stored && !isOfTheHouse(route);
    return {
      frame: framed ? frameIn(stored, language, caller.tenant.language) : null,
      person: framed ? personOf(caller) : null,
      languages: known
        .filter(({ code }) => !stored || stored.languages.includes(code))
        .map(({ code, name }) => ({ code, name })),
      path: url.pathname + url.search,
    };
  });
