// What the words of a mail are filled with, written as its reader writes it.
import { baseOf } from '../kernel/installation.ts';
import { wordsFor } from '../kernel/words.ts';
import type { Caller } from '../store/caller.ts';
import type { Letterhead } from './letterhead.ts';
import type { Reader } from './readers.ts';
import { clean } from './ways.ts';
import type { Value, Values } from './wording.ts';

const lives = new Map<string, string>();

function writeLife(locale: string, hours: number): string {
  const days = hours >= 48 && hours % 24 === 0;
  const unit = { style: 'unit', unit: days ? 'day' : 'hour', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale, unit).format(days ? hours / 24 : hours);
}

/** A life in words: whole days from two on, else hours: `24 heures`, `6 jours`. */
function lifeIn(locale: string, milliseconds: number): string {
  const hours = Math.max(1, Math.round(milliseconds / 3_600_000));
  const place = `${locale} ${hours}`;
  const life = lives.get(place) ?? writeLife(locale, hours);
  if (lives.size < 1_000) lives.set(place, life);
  return life;
}

function followed(address: string): Value {
  return { text: address, href: address };
}

interface Wish {
  letterhead: Letterhead;
  reader: Reader;
  values: Readonly<Record<string, string | Date>>;
  link?: { shown: string; expiresAt: Date };
}

function written({ reader, values }: Wish): Record<string, Value> {
  const { date, dateTime } = wordsFor(reader.language);
  const zone = reader.timeZone;
  const write = (name: string, value: string | Date) => {
    if (typeof value === 'string') return clean(value);
    return name === 'ends' ? date(value, 'long', zone) : dateTime(value, zone, 'long');
  };
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    { text: write(name, value) },
  ]);
  return Object.fromEntries(entries);
}

/** All values of one mail. */
export function valuesFor({ tenant, person, now }: Caller, wish: Wish): Values {
  const { letterhead, reader, link } = wish;
  const base = baseOf(tenant);
  const page = (path: string, query: Record<string, string> = {}) => {
    const asked = new URLSearchParams({ db: tenant.name, ...query }).toString();
    // Allowed as it is (RFC 3986, 3.4), and people read it.
    return followed(`${base}${path}?${asked.replaceAll('%40', '@')}`);
  };
  const life = link ? link.expiresAt.getTime() - now().getTime() : 0;
  return {
    name: { text: clean(reader.name) },
    login: { text: clean(reader.login) },
    cooperative: { text: clean(tenant.title) },
    database: { text: tenant.name },
    site: followed(base),
    sign_in: page('/web/login', { login: reader.login }),
    reset: page('/web/reset_password', { login: reader.login }),
    account: page('/my/profile/security'),
    contact: letterhead.ways[0] ?? followed(base),
    inviter: { text: clean(person?.name ?? tenant.title) },
    life: { text: lifeIn(wordsFor(reader.language).locale, life) },
    ...written(wish),
  };
}
