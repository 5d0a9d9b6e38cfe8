import { loadWords } from '#lib/words.ts';
import type { LayoutLoad } from './$types.js';

export const load: LayoutLoad = async ({ data }) => ({
  ...data,
  words: await loadWords(data.language),
});
