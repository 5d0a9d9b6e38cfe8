// All keys of the database, who still calls what, and the rules of keys.
import { redirect } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import {
  KEY_STATES,
  listAllKeys,
  readKeyRules,
  revokeKeys,
  saveKeyRules,
  whoCalls,
} from '#server/api-keys/administer.ts';
import { modelsFor } from '#server/models/describe.ts';
import { hasFreshProof } from '#server/sign-in/sessions.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

const HERE = '/settings/technical/api-keys';

/** A number out of the address; undefined for anything else. */
function numberIn(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name) ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function searchIn({ searchParams: asked }: URL) {
  const state = KEY_STATES.find((one) => one === asked.get('state')) ?? 'all';
  return { text: asked.get('q') ?? '', state };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const caller = memberOf(event);
    const search = searchIn(event.url);
    const page = numberIn(event.url, 'page') ?? 1;
    const [found, calls, rules, models] = await Promise.all([
      listAllKeys(caller, { ...search, page }),
      whoCalls(caller),
      readKeyRules(caller),
      modelsFor(caller),
    ]);
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.api-keys' },
      ] satisfies Crumb[],
      ...found,
      ...search,
      page,
      calls,
      rules,
      labels: Object.fromEntries(models.map(({ name, label }) => [name, label])),
      asksProof: !hasFreshProof(caller),
      revoked: numberIn(event.url, 'revoked'),
      ruled: event.url.searchParams.has('ruled'),
    };
  });

export const actions: Actions = {
  revoke: (event) =>
    act(event, async (form) => {
      const ids = Object.keys(form.typed())
        .filter((name) => /^id-\d{1,10}$/.test(name))
        .map((name) => Number(name.slice('id-'.length)));
      const wish = { ids, proof: form.optional('proof') };
      const revoked = await revokeKeys(memberOf(event), app().secret, wish);
      redirect(303, `${HERE}?revoked=${revoked}`);
    }),
  rules: (event) =>
    act(event, async (form) => {
      await saveKeyRules(memberOf(event), {
        allowEndless: form.optional('allowEndless') !== undefined,
        allowPortal: form.optional('allowPortal') !== undefined,
      });
      redirect(303, `${HERE}?ruled#rules`);
    }),
};
