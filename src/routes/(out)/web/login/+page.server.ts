// Signing in with a login and a password.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { belongsTo, INTERNAL, type Tenant } from '#server/store/caller.ts';
import { anyTenant, severalTenants } from '#server/store/tenants.ts';
import { act, answer, callerOf, safePath } from '#lib/server/answers.ts';
import { readDatabase } from '#lib/server/cookies.ts';
import { enter, homeOf } from '#lib/server/enter.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** The list if there is one; else, under an address of no database, a box to name it. */
async function askForDatabase(url: URL) {
  const { store, config } = app();
  if (!(await anyTenant(store))) return redirect(303, '/set-up');
  if (config.listDatabases) return redirect(303, `/web/database/selector${url.search}`);
  return { database: null, wished: url.searchParams.get('db') };
}

/** The database people chose, when there are others to choose: its form names it, whatever the cookie says later. */
async function databaseOf(event: RequestEvent, { name }: Tenant) {
  const named = event.url.searchParams.has('db') || readDatabase(event) === name;
  const { store, config } = app();
  const several =
    named &&
    config.listDatabases &&
    (event.locals.entrance?.several ?? (await severalTenants(store)));
  return { name, named, several };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { locals, url } = event;
    const { caller } = locals;
    if (!caller) return askForDatabase(url);
    const wished = url.searchParams.get('redirect');
    if (caller.person) return redirect(303, safePath(wished, homeOf(belongsTo(caller, INTERNAL))));
    return {
      database: await databaseOf(event, caller.tenant),
      login: url.searchParams.get('login') ?? '',
      redirect: wished ?? '',
      signedOut: url.searchParams.has('out'),
      passwordSet: url.searchParams.get('done') === 'password_set',
    };
  });

export const actions: Actions = {
  default: async (event) => {
    const result = await act(event, async (form) => {
      const { internal } = await enter(event, callerOf(event), {
        login: form.text('login'),
        password: form.text('password'),
        timeZone: form.optional('timeZone'),
      });
      return redirect(303, safePath(form.text('redirect'), homeOf(internal)));
    });
    const seconds = result.data.refused.values.seconds;
    if (result.status === 429 && seconds) event.setHeaders({ 'retry-after': String(seconds) });
    return result;
  },
};
