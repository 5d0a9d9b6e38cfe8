// The reader's words in pages: `t` in any component, on the server and in the browser.
import { page } from '$app/state';
import { makeWords, type Catalogue, type Key, type Words } from '#locales/words.ts';

// Each language is a file of its own in the build, so that a browser fetches one of them, once.
const files: Record<string, () => Promise<{ default: Catalogue }>> = {
  en: () => import('#locales/en.json'),
  fr: () => import('#locales/fr.json'),
  fr_BE: () => import('#locales/fr_BE.json'),
  nl: () => import('#locales/nl.json'),
  nl_BE: () => import('#locales/nl_BE.json'),
  de: () => import('#locales/de.json'),
};

const made = new Map<string, Promise<Words>>();

async function make(code: string): Promise<Words> {
  const chain = [...new Set([code, code.slice(0, 2), 'en'])].filter((name) => name in files);
  // The language is complete; English follows only behind a language we do not ship.
  const needed =
    chain.length > 1 ? chain.filter((name) => name !== 'en' || code.startsWith('en')) : chain;
  const catalogues = await Promise.all(needed.map((name) => files[name]!()));
  return makeWords(
    code,
    catalogues.map(({ default: catalogue }) => catalogue),
  );
}

/** The words of a language code, loaded once. */
export function loadWords(code: string): Promise<Words> {
  let words = made.get(code);
  if (!words) {
    words = make(code);
    made.set(code, words);
  }
  return words;
}

/** The words of the page that is shown. Call it while rendering, never in a module's top level. */
export function words(): Words {
  return page.data.words!;
}

/** The sentence at a key, in the reader's language. */
export function t(key: Key, values?: Record<string, string | number | Date>): string {
  return page.data.words!.t(key, values);
}
