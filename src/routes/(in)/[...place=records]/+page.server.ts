// The list of a model.
import { answer } from '#lib/server/answers.ts';
import { listActions, loadList } from '#lib/server/record-lists.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => answer(event, () => loadList(event));

export const actions = listActions;
