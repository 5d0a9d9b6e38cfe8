// A mail from its kind, its reader's language and its values: subject, text and HTML.
import { baseOf } from '../kernel/installation.ts';
import { wordsFor } from '../kernel/words.ts';
import type { Caller } from '../store/caller.ts';
import { kinds, type MailKind } from './kinds.ts';
import type { Reader } from './readers.ts';

/** What stands for the live address in a stored body, until the mail leaves. */
export const BLOTTED = '••••••••';

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
}

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

/** Composes one mail in its reader's language. */
export function compose(
  { tenant, person, now }: Caller,
  { kind, reader, values, link }: Ingredients,
): Composed {
  const { t, dateTime, date, locale } = wordsFor(reader.language);
  const say = t as (key: string, values: Record<string, string>) => string;
  const zone = reader.timeZone;
  const base = baseOf(tenant);
  const page = (path: string, query: Record<string, string> = {}) =>
    `${base}${path}?${new URLSearchParams({ db: tenant.name, ...query })}`;
  const hours = link ? Math.round((link.expiresAt.getTime() - now().getTime()) / 3_600_000) : 0;
  const life = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' });
  const written = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? value
      : key === 'ends'
        ? date(value, 'long', zone)
        : dateTime(value, zone, 'long'),
  ]);
  const all: Record<string, string> = {
    name: reader.name,
    login: reader.login,
    cooperative: tenant.title,
    database: tenant.name,
    site: base,
    sign_in: page('/web/login', { login: reader.login }),
    reset: page('/web/reset_password', { login: reader.login }),
    account: page('/my/profile/security'),
    contact: base,
    inviter: person?.name ?? tenant.title,
    life: life.format(hours),
    ...Object.fromEntries(written),
    link: link?.shown ?? '',
  };
  const subject = say(`mail.${kind}.subject`, all);
  const parts = [t('mail.greeting', all), say(`mail.${kind}.body`, all)];
  if (kinds[kind].notMe) parts.push(say(`mail.${kind}.not-me`, all));
  parts.push(t('mail.why', all));
  const text = parts.join('\n\n');
  return { subject, text, html: `<p>${escape(text).replaceAll('\n', '<br>')}</p>` };
}
