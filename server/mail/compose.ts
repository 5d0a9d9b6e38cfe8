// A mail from its kind, its reader's language and its values: subject, text and HTML.
import { baseOf } from '../kernel/installation.ts';
import { wordsFor } from '../kernel/words.ts';
import type { Caller } from '../store/caller.ts';
import type { MailKind } from './kinds.ts';
import type { Reader } from './readers.ts';

/** What stands for the live address in a stored body, until the mail leaves. */
export const BLOTTED = '••••••••';

/** A composed mail. The link, where there is one, is blotted out: delivery puts the live one in. */
export interface Composed {
  subject: string;
  html: string;
  text: string;
}

/** What a mail is made from; `values` are plain texts. `link` is the address to show, blotted out. */
export interface Ingredients {
  kind: MailKind;
  reader: Reader;
  values: Readonly<Record<string, string>>;
  link?: string;
}

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

/** Composes one mail in its reader's language. */
export function compose({ tenant }: Caller, { kind, reader, values, link }: Ingredients): Composed {
  const { t } = wordsFor(reader.language);
  const say = t as (key: string, values: Record<string, string>) => string;
  const all = {
    name: reader.name,
    login: reader.login,
    cooperative: tenant.title,
    database: tenant.name,
    site: baseOf(tenant),
    ...values,
    link: link ?? '',
  };
  const subject = say(`mail.${kind}.subject`, all);
  const text = say(`mail.${kind}.body`, all);
  return { subject, text, html: `<p>${escape(text).replaceAll('\n', '<br>')}</p>` };
}
