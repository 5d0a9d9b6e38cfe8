// The first database: a page behind the one-time address that the console shows.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { known } from '#server/languages/known.ts';
import { DEFAULT_MIN_LENGTH } from '#server/passwords/policy.ts';
import type { Caller, Tenant } from '#server/store/caller.ts';
import { anyTenant } from '#server/store/tenants.ts';
import { checkSetUp, setUp } from '#server/tenants/set-up.ts';
import { systemCaller } from '#server/tenants/system-caller.ts';
import { act, answer } from '#lib/server/answers.ts';
import { enter, homeOf } from '#lib/server/enter.ts';
import { dropToken, hideToken, readToken } from '#lib/server/one-time-token.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    hideToken(event);
    const { store } = app();
    const token = readToken(event);
    if (token === '' && !(await anyTenant(store))) return { languages: [], minLength: 0 };
    await checkSetUp(store, token);
    return {
      languages: known.map(({ code, name, tag }) => ({ value: code, label: name, lang: tag })),
      minLength: DEFAULT_MIN_LENGTH,
    };
  });

function visitorOf(event: RequestEvent, tenant: Tenant): Caller {
  const caller = systemCaller(tenant, app().store.tenant(tenant.id));
  const userAgent = (event.request.headers.get('user-agent') ?? '').slice(0, 400);
  return { ...caller, address: event.getClientAddress(), userAgent };
}

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      const [login, password] = [form.text('login'), form.text('password')];
      const tenant = await setUp(app().store, readToken(event), {
        title: form.text('title'),
        database: form.text('database'),
        language: form.text('language'),
        name: form.text('name'),
        login,
        password,
        repeated: form.text('repeated'),
      });
      dropToken(event);
      const timeZone = form.optional('timeZone');
      const { internal } = await enter(event, visitorOf(event, tenant), {
        login,
        password,
        timeZone,
      });
      return redirect(303, homeOf(internal));
    }),
};
