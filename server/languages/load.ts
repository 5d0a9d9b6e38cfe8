// The languages of one tenant: which are loaded, loading one, and taking one away.
import { Refusal } from '../kernel/refusal.ts';
import { mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import { findLanguage } from './known.ts';
import * as store from './load.store.ts';

/** The language every database starts with and always keeps. */
export const FIRST_LANGUAGE = 'en_US';

/** Codes of the loaded languages, the first-loaded first. */
export async function loadedLanguages(caller: Caller): Promise<string[]> {
  return (await store.loaded(caller)).map(({ code }) => code);
}

/** The loaded languages as choices: code and name. */
export async function loadedChoices(caller: Caller): Promise<[string, string][]> {
  return (await loadedLanguages(caller)).map((code) => [code, findLanguage(code)?.name ?? code]);
}

/** The loaded languages with how many people chose each. */
export async function listLanguages(caller: Caller) {
  mustBelongTo(caller, SETTINGS);
  return store.withPeople(caller);
}

/**
 * Loads a language; loading it twice is harmless. Answers whether it was new. The console calls it
 * with no person: the operator may.
 * Throws Refusal `language_unknown` (404) for a code that is not shipped.
 */
export async function loadLanguage(caller: Caller, code: string): Promise<boolean> {
  const language = findLanguage(code);
  if (!language)
    throw new Refusal('language_unknown', { status: 404, field: 'code', values: { code } });
  return store.insert(caller, language.code);
}

/** The administrator's way to load one. Throws Refusal `not_allowed` (403) for anybody else. */
export async function addLanguage(caller: Caller, code: string): Promise<boolean> {
  return loadLanguage(mustBelongTo(caller, SETTINGS), code);
}

/**
 * Takes a language away. Throws Refusal `not_allowed` (403), `language_first` for English,
 * `language_default` for the database's own, `language_in_use` (409) with `count` people,
 * `language_unknown` (404) when it is not loaded.
 */
export async function removeLanguage(caller: Caller, code: string): Promise<void> {
  mustBelongTo(caller, SETTINGS);
  if (code === FIRST_LANGUAGE) throw new Refusal('language_first', { status: 409 });
  if (code === caller.tenant.language) throw new Refusal('language_default', { status: 409 });
  const { removed, count } = await store.removeUnused(caller, code);
  if (count > 0) throw new Refusal('language_in_use', { status: 409, values: { count } });
  if (!removed) throw new Refusal('language_unknown', { status: 404, values: { code } });
}
