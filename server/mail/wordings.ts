// A co-operative's own words for its mails: one kind, one language at a time. Only subject and body are
// theirs to write; the button, what to do if it was somebody else, and the footer stay ours.
import { Refusal } from '../kernel/refusal.ts';
import { loadedLanguages } from '../languages/load.ts';
import { mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import { kinds, type MailKind, type Variable } from './kinds.ts';
import { chainOf } from './letterhead.ts';
import { digestOf, originalOf, variablesOf } from './originals.ts';
import { linesOf, namesIn, readWords, type Words } from './wording.ts';
import * as store from './wordings.store.ts';

/** Which words: those of a kind in a language. */
export interface Place {
  kind: MailKind;
  language: string;
}

/** Own words as stored; `original` is the digest of what they were written in place of. */
export interface OwnWords extends Words {
  kind: string;
  language: string;
  original: string;
}

/**
 * Where the words come from: `original` the house, `own` the co-operative, `changed` the same but the
 * original is another since, `shared` the co-operative under the main region of the language.
 */
export type WordingState = 'original' | 'own' | 'changed' | 'shared';

/** The words of a place. */
export interface Wording {
  state: WordingState;
  /** The words that count. */
  words: Words;
  original: Words;
  /** Names of what they may be filled with. */
  variables: Variable[];
  /** Code of the language that shared words are of. */
  sharedFrom?: string;
}

const MOST = { subject: 200, body: 5_000 };

function resolve(own: readonly OwnWords[], { kind, language }: Place): Wording {
  const original = originalOf(kind, language);
  const variables = variablesOf(kind);
  const found = chainOf(language)
    .map((code) => own.find((words) => words.kind === kind && words.language === code))
    .find((words) => words !== undefined);
  if (!found) return { state: 'original', words: original, original, variables };
  const since = found.original === digestOf(original) ? 'own' : 'changed';
  const state = found.language === language ? since : 'shared';
  const words = { subject: found.subject, body: found.body };
  const sharedFrom = state === 'shared' ? found.language : undefined;
  return { state, words, original, variables, sharedFrom };
}

/**
 * The state of every kind in every loaded language, in the order of the kinds.
 * Throws Refusal `not_allowed` (403).
 */
export async function listWordings(
  caller: Caller,
): Promise<{ languages: string[]; states: (Place & { state: WordingState })[] }> {
  mustBelongTo(caller, SETTINGS);
  const [own, languages] = await Promise.all([store.list(caller), loadedLanguages(caller)]);
  const states = (Object.keys(kinds) as MailKind[]).flatMap((kind) =>
    languages.map((language) => {
      const place = { kind, language };
      return { ...place, state: resolve(own, place).state };
    }),
  );
  return { languages, states };
}

/** The place of these names. Throws Refusal `not_allowed` (403) or `wording_unknown` (404). */
export async function placeOf(caller: Caller, kind: string, language: string): Promise<Place> {
  mustBelongTo(caller, SETTINGS);
  if (!Object.hasOwn(kinds, kind) || !(await loadedLanguages(caller)).includes(language))
    throw new Refusal('wording_unknown', { status: 404 });
  return { kind: kind as MailKind, language };
}

/** The words of a place. Throws Refusal `not_allowed` (403). */
export async function readWording(caller: Caller, place: Place): Promise<Wording> {
  mustBelongTo(caller, SETTINGS);
  return resolve(await store.list(caller), place);
}

/** Words in the form they are stored in: one line of subject, no carriage returns, no loose ends. */
function tidy({ subject, body }: Words): Words {
  const line = subject.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const plain = body.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, ' ');
  return { subject: line, body: plain.replace(/[ \t]+$/gm, '').trim() };
}

function checkField(kind: MailKind, field: 'subject' | 'body', text: string): void {
  const refuse = (code: string, values = {}) => new Refusal(code, { field, values });
  if (text === '') throw refuse(`wording_${field}_missing`);
  if (text.length > MOST[field]) throw refuse('text_too_long', { most: MOST[field] });
  const { subject, blocks } = readWords(
    field === 'subject' ? { subject: text, body: '' } : { subject: '', body: text },
  );
  const names = [...namesIn([subject]), ...blocks.flatMap((block) => namesIn(linesOf(block)))];
  if (names.includes('link') && kinds[kind].link) throw refuse('wording_link_inside');
  const known: readonly string[] = variablesOf(kind);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) throw refuse('wording_placeholder', { name: strange.slice(0, 40) });
  const linked = blocks.some((block) => block.kind === 'link');
  if (field === 'body' && linked !== kinds[kind].link)
    throw linked ? refuse('wording_placeholder', { name: 'link' }) : refuse('wording_link_missing');
}

/**
 * Words that can be sent. Throws Refusal `wording_subject_missing`, `wording_body_missing`,
 * `text_too_long`, `wording_placeholder` (`name`), `wording_link_missing`, `wording_link_inside`.
 */
export function checkWords(kind: MailKind, typed: Words): Words {
  const words = tidy(typed);
  checkField(kind, 'subject', words.subject);
  checkField(kind, 'body', words.body);
  return words;
}

/**
 * Saves own words; those that would count without being kept are not kept.
 * Throws Refusal `not_allowed` (403) and what `checkWords` throws.
 */
export async function saveWording(caller: Caller, place: Place, typed: Words): Promise<void> {
  mustBelongTo(caller, SETTINGS);
  const words = checkWords(place.kind, typed);
  const others = (await store.list(caller)).filter(
    ({ kind, language }) => kind !== place.kind || language !== place.language,
  );
  const without = resolve(others, place);
  if (digestOf(words) === digestOf(without.words)) return store.remove(caller, place);
  await store.write(caller, place, { ...words, original: digestOf(without.original) });
}

/** Goes back to the original. Throws Refusal `not_allowed` (403). */
export async function restoreOriginal(caller: Caller, place: Place): Promise<void> {
  mustBelongTo(caller, SETTINGS);
  await store.remove(caller, place);
}
