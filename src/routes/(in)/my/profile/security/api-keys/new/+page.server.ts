// A new API key, told once.
import { app } from '#server/app.ts';
import { keysOffered, makeKey } from '#server/api-keys/keys.ts';
import { Refusal } from '#server/kernel/refusal.ts';
import { modelsFor } from '#server/models/describe.ts';
import { hasFreshProof } from '#server/sign-in/sessions.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const caller = memberOf(event);
    const [lifetimes, models] = await Promise.all([keysOffered(caller), modelsFor(caller)]);
    if (!lifetimes) throw new Refusal('keys_not_offered', { status: 403 });
    return {
      crumbs: [
        { label: 'frame.profile', href: '/my/profile' },
        { label: 'security.title', href: '/my/profile/security' },
        { label: 'keys.new' },
      ] satisfies Crumb[],
      lifetimes,
      models,
      asksProof: !hasFreshProof(caller),
      database: caller.tenant.name,
      login: caller.person.login,
    };
  });

export const actions: Actions = {
  default: (event) =>
    act(event, async (form) => {
      await event.locals.settleLanguage();
      const caller = memberOf(event);
      const models = await modelsFor(caller);
      const made = await makeKey(caller, app().secret, {
        name: form.text('name'),
        lasts: form.text('lasts'),
        until: form.text('until'),
        scope: form.text('scope'),
        models: models.map(({ name }) => name).filter((name) => form.optional(`model-${name}`)),
        readOnly: form.optional('readOnly') !== undefined,
        addresses: form.text('addresses'),
        proof: form.optional('proof'),
      });
      return { made };
    }),
};
