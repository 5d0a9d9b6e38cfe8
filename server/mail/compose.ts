// A mail from its kind, its reader's language and its values: subject, text and HTML, which say the same.
import { findLanguage } from '../languages/known.ts';
import { wordsFor } from '../kernel/words.ts';
import type { Caller } from '../store/caller.ts';
import { markup, type Html } from './html.ts';
import { kinds, type MailKind } from './kinds.ts';
import type { Letterhead } from './letterhead.ts';
import { unfilled } from './originals.ts';
import type { Reader } from './readers.ts';
import { button, draw } from './sheet.ts';
import { valuesFor } from './values.ts';
import {
  anchor,
  blockAsHtml,
  blockAsText,
  lineAsHtml,
  lineAsText,
  readWords,
  wrap,
  type Block,
  type Template,
  type Value,
  type Values,
} from './wording.ts';

/** A composed mail. The link, where there is one, is blotted out: delivery puts the live one in. */
export interface Composed {
  subject: string;
  html: string;
  text: string;
}

/** What a mail is made from. `link` is the address to show, blotted out. */
export interface Ingredients {
  kind: MailKind;
  reader: Reader;
  values: Readonly<Record<string, string | Date>>;
  link?: { shown: string; expiresAt: Date };
  /** Words to try out in place of those that count. */
  words?: Template;
}

/** The words around the body: ours in every case, whatever words a co-operative has put. */
interface Surroundings {
  notMe: readonly Block[];
  why: Template;
  button: string;
  rawLink: string;
}

const around = new Map<string, Surroundings>();

function surroundingsOf(kind: MailKind, language: string): Surroundings {
  const { locale } = wordsFor(language);
  const place = `${kind} ${locale}`;
  const found = around.get(place);
  if (found) return found;
  const say = (key: string) => unfilled(kind, language, key);
  const read = (body: string) => readWords({ subject: '', body });
  const made = {
    notMe: kinds[kind].notMe ? read(say(`mail.${kind}.not-me`)).blocks : [],
    why: readWords({ subject: say('mail.why'), body: '' }),
    button: kinds[kind].link ? say(`mail.${kind}.button`) : '',
    rawLink: say('mail.raw-link'),
  };
  around.set(place, made);
  return made;
}

const LONGEST_SUBJECT = 200;

function subjectOf({ subject }: Template, values: Values): string {
  const whole = [...lineAsText(subject, values)];
  if (whole.length <= LONGEST_SUBJECT) return whole.join('');
  return `${whole.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
}

function shownWay({ text, href }: Value): Html {
  return href === undefined ? markup`${text}` : anchor(text, href);
}

/** Composes one mail in its reader's language. Throws where a value is missing. */
export function compose(caller: Caller, head: Letterhead, wish: Ingredients): Composed {
  const { kind, reader, link } = wish;
  const { locale } = wordsFor(reader.language);
  const values = valuesFor(caller, { ...wish, letterhead: head });
  const template = wish.words ?? head.words(kind, reader.language);
  const { notMe, why, button: label, rawLink } = surroundingsOf(kind, reader.language);
  const address = link?.shown ?? '';
  const cooperative = values.cooperative!.text;
  const subject = subjectOf(template, values);
  const { ways } = head;
  const asText = (block: Block) => blockAsText(block, values, address);
  const asHtml = (block: Block) =>
    blockAsHtml(block, values, link ? button(head.paint, label, address, rawLink) : markup``);
  const foot = [
    '-- ',
    wrap(cooperative),
    ...ways.map(({ text }) => wrap(text)),
    '',
    wrap(lineAsText(why.subject, values)),
  ];
  return {
    subject,
    text: `${[...[...template.blocks, ...notMe].map(asText), foot.join('\n')].join('\n\n')}\n`,
    html: draw({
      lang: locale,
      dir: findLanguage(reader.language)?.direction ?? 'ltr',
      subject,
      cooperative,
      paint: head.paint,
      logo: head.logo,
      body: template.blocks.map(asHtml),
      notMe: notMe.map(asHtml),
      contact: ways.map(shownWay),
      why: lineAsHtml(why.subject, values),
    }),
  };
}
