// The mails that go out by themselves, and whose words each has in each language.
import { findLanguage } from '#server/languages/known.ts';
import { listWordings } from '#server/mail/wordings.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const { languages, states } = await listWordings(memberOf(event));
    const kinds = [...new Set(states.map(({ kind }) => kind))];
    const named = languages.map((code) => {
      const known = findLanguage(code);
      return { code, name: known?.name ?? code, tag: known?.tag ?? code };
    });
    return {
      crumbs: [
        { label: 'app.settings', href: '/settings' },
        { label: 'menu.settings.mail-templates' },
      ] satisfies Crumb[],
      kinds: kinds.map((kind) => ({
        kind,
        places: named.map((language) => ({
          ...language,
          state: states.find((one) => one.kind === kind && one.language === language.code)!.state,
        })),
      })),
    };
  });
