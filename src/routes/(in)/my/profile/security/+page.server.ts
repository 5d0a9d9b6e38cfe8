// One's own password, API keys and sessions.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { keysOffered, listKeys } from '#server/api-keys/keys.ts';
import { modelsFor } from '#server/models/describe.ts';
import { changePassword } from '#server/passwords/change.ts';
import { describeDevice } from '#server/sign-in/devices.ts';
import * as sessions from '#server/sign-in/sessions.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import { setSession } from '#lib/server/cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

const HERE = '/my/profile/security';

/** A count out of the address, for the sentence that says what was done. */
function countIn(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name) ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const caller = memberOf(event);
    const [rows, keys, offered, models] = await Promise.all([
      sessions.list(caller),
      listKeys(caller),
      keysOffered(caller),
      modelsFor(caller),
    ]);
    return {
      crumbs: [
        { label: 'frame.profile', href: '/my/profile' },
        { label: 'security.title' },
      ] satisfies Crumb[],
      minLength: caller.tenant.passwordMinLength,
      sessions: rows.map(({ userAgent, ...row }) => ({
        ...row,
        device: describeDevice(userAgent),
      })),
      keys,
      keysOffered: offered !== null,
      labels: Object.fromEntries(models.map(({ name, label }) => [name, label])),
      revoked: countIn(event.url, 'revoked'),
      changed: countIn(event.url, 'changed'),
      ended: countIn(event.url, 'ended'),
    };
  });

export const actions: Actions = {
  change: (event) =>
    act(event, async (form) => {
      const caller = memberOf(event);
      const { token, ended } = await changePassword(caller, app().secret, {
        current: form.text('current'),
        password: form.text('password'),
        repeated: form.text('repeated'),
      });
      setSession(event, caller.tenant, token);
      redirect(303, `${HERE}?changed=${ended}`);
    }),
  end: (event) =>
    act(event, async (form) => {
      await sessions.end(memberOf(event), form.text('id'));
      redirect(303, `${HERE}?ended=1#sessions`);
    }),
  endOthers: (event) =>
    act(event, async () => {
      const ended = await sessions.endOthers(memberOf(event));
      redirect(303, `${HERE}?ended=${ended}#sessions`);
    }),
};
