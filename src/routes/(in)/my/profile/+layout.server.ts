// The head of the profile, above all of its tabs.
import { readProfile } from '#server/preferences/preferences.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => ({ profile: await readProfile(memberOf(event)) }));
