// What the mails of one posting have in common: the co-operative's face and its own words.
import { known } from '../languages/known.ts';
import type { Caller } from '../store/caller.ts';
import { paintOf, type Paint } from './colours.ts';
import type { MailKind } from './kinds.ts';
import * as store from './letterhead.store.ts';
import { originalOf } from './originals.ts';
import { waysTo, type Contact } from './ways.ts';
import { readWords, type Template, type Value, type Words } from './wording.ts';

/** The face as stored, with the own words of the kinds that were asked for. */
export interface StoredHead extends Contact {
  colour: string;
  logo: boolean;
  wordings: ({ kind: string; language: string } & Words)[];
}

/** The face of the co-operative, and the words of its mails. */
export interface Letterhead {
  paint: Paint;
  logo: boolean;
  /** The ways to reach it, the quickest first. */
  ways: readonly Value[];
  /** The words for a kind and a reader's language, read once. */
  words(kind: MailKind, language: string): Template;
}

/** Own words are looked for under the language itself, then under the main region of its language. */
export function chainOf(language: string): string[] {
  const main = known.find(
    ({ code, fallback }) =>
      code.slice(0, 2) === language.slice(0, 2) && !fallback[0]!.includes('_'),
  );
  return main && main.code !== language ? [language, main.code] : [language];
}

/** Reads the letterhead in one statement, for all mails of these kinds. */
export async function readLetterhead(
  caller: Caller,
  kinds: readonly MailKind[],
): Promise<Letterhead> {
  const { wordings, colour, logo, ...contact } = await store.readHead(caller, [...new Set(kinds)]);
  const own = new Map(wordings.map((words) => [`${words.kind} ${words.language}`, words]));
  const read = new Map<string, Template>();
  const find = (kind: MailKind, language: string): Words => {
    const found = chainOf(language).find((code) => own.has(`${kind} ${code}`));
    return found === undefined ? originalOf(kind, language) : own.get(`${kind} ${found}`)!;
  };
  return {
    paint: paintOf(colour),
    logo,
    ways: waysTo(contact),
    words: (kind, language) => {
      const place = `${kind} ${language}`;
      const template = read.get(place) ?? readWords(find(kind, language));
      read.set(place, template);
      return template;
    },
  };
}
