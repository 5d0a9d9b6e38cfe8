// What clients do with languages: load one by making it active, take one away, list the loaded ones.
import { Refusal } from '../kernel/refusal.ts';
import type { Act } from '../models/define.ts';
import { mustBelongTo, SETTINGS } from '../store/caller.ts';
import { known } from './known.ts';
import { addLanguage, loadedChoices, removeLanguage } from './load.ts';

function codeOf(id: number): string {
  const language = known.find((one) => one.id === id);
  if (!language) throw new Refusal('language_unknown', { status: 404, values: { code: id } });
  return language.code;
}

export const languageActs: Readonly<Record<string, Act>> = {
  write: {
    ids: true,
    params: ['vals'],
    run: async ({ asker, ids, named }) => {
      mustBelongTo(asker, SETTINGS);
      const { active, ...rest } = named.vals as Record<string, unknown>;
      const [fixed] = Object.keys(rest);
      if (fixed !== undefined)
        throw new Refusal('field_readonly', {
          status: 422,
          field: fixed,
          values: { field: fixed },
        });
      const change = active ? addLanguage : removeLanguage;
      if (active !== undefined) for (const id of ids) await change(asker, codeOf(id));
      return true;
    },
  },
  get_installed: { reads: true, run: ({ asker }) => loadedChoices(asker) },
};
