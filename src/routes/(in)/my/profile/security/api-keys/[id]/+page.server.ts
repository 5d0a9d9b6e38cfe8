// One of one's own keys: a new value for it, or its end.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { findKey, keysOffered, revokeKey, rotateKey } from '#server/api-keys/keys.ts';
import { modelsFor } from '#server/models/describe.ts';
import { hasFreshProof } from '#server/sign-in/sessions.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const caller = memberOf(event);
    const [key, offered, models] = await Promise.all([
      findKey(caller, Number(event.params.id)),
      keysOffered(caller),
      modelsFor(caller),
    ]);
    return {
      crumbs: [
        { label: 'frame.profile', href: '/my/profile' },
        { label: 'security.title', href: '/my/profile/security' },
        { name: key.name },
      ] satisfies Crumb[],
      key,
      labels: Object.fromEntries(models.map(({ name, label }) => [name, label])),
      offered: offered !== null,
      asksProof: !hasFreshProof(caller),
      database: caller.tenant.name,
      login: caller.person.login,
    };
  });

export const actions: Actions = {
  renew: (event) =>
    act(event, async (form) => {
      const wish = { id: Number(event.params.id), proof: form.optional('proof') };
      return { made: await rotateKey(memberOf(event), app().secret, wish) };
    }),
  revoke: (event) =>
    act(event, async (form) => {
      const wish = { id: Number(event.params.id), proof: form.optional('proof') };
      await revokeKey(memberOf(event), app().secret, wish);
      redirect(303, '/my/profile/security?revoked=1#api-keys');
    }),
};
