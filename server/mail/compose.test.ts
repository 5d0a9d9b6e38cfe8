// Every kind of mail in every language we ship, filled with what people must not be able to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdInstallation } from '../kernel/installation.ts';
import { known } from '../languages/known.ts';
import type { Caller } from '../store/caller.ts';
import { contrast, paintOf } from './colours.ts';
import { compose } from './compose.ts';
import { kinds, type MailKind } from './kinds.ts';
import type { Letterhead } from './letterhead.ts';
import { BLOTTED, blotted, withLive } from './live.ts';
import { originalOf } from './originals.ts';
import type { Reader } from './readers.ts';
import { waysTo } from './ways.ts';
import { readWords, type Words } from './wording.ts';

holdInstallation({ url: 'https://huis.example', mailHosts: [] });

const now = new Date('2026-11-23T10:00:00Z');
const live =
  'https://huis.example/web/signup?db=pots&token=mN3xk07Qy2vJd8sLr5tWc1uBz4eHf6gKa9iPo0qXyZ_';
const allKinds = Object.keys(kinds) as MailKind[];
const languages = known.map(({ code }) => code);

interface Cast {
  name: string;
  title: string;
  other: string;
}

const plain: Cast = { name: 'Camille Dubois', title: 'Les Petits Pots', other: 'Autre' };
const casts: Record<string, Cast> = {
  plain,
  'markup and braces': {
    name: '<script>alert("{link}")</script>{cooperative}',
    title: `"><img src=x onerror='x()'>&amp;{name}$&`,
    other: '</td></table>{reset}<style>*{display:none}</style>',
  },
  'very long names': {
    name: 'Wolfeschlegel'.repeat(30),
    title: 'Coop '.repeat(60).trim(),
    other: 'x'.repeat(400),
  },
  'writing from the right': { name: 'دعاء \u202eevil', title: 'מטבח', other: 'ع' },
  'line breaks': { name: 'A\r\nBcc: b@example.org', title: 'C\nD', other: '\n\n- e' },
};

/** What stands on one line, as values are made to. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u202e]+/gu, ' ').trim();

function caller({ name, title }: Cast): Caller {
  const tenant = { id: 1, name: 'pots', title, url: null };
  return { tenant, person: { name }, now: () => now } as unknown as Caller;
}

function letterhead(wordings: Partial<Record<MailKind, Words>> = {}): Letterhead {
  return {
    paint: paintOf('#0f766e'),
    logo: true,
    ways: waysTo({
      email: 'bonjour@pots.example',
      phone: '+32 2 000 10 00',
      website: 'pots.example',
    }),
    words: (kind, language) => readWords(wordings[kind] ?? originalOf(kind, language)),
  };
}

function make(kind: MailKind, language: string, cast: Cast, head = letterhead()) {
  const { name, other } = cast;
  const reader = { name, login: other, language, timeZone: 'Europe/Brussels' } as Reader;
  const values = {
    ...{ by: name, from: other, to: other, device: other, address: other, key: other },
    ...{ when: now, ends: now },
  };
  const expiresAt = new Date(now.getTime() + 24 * 3_600_000);
  const link = kinds[kind].link ? { shown: blotted(live), expiresAt } : undefined;
  return compose(caller(cast), head, { kind, reader, values, link });
}

/** Tags with the names of their attributes: what a value must never change. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

/** What a reader of the HTML sees, on one line. */
function seen(html: string): string {
  return flat(
    html
      .replace(/<(?:title|style)>[^]*?<\/(?:title|style)>/g, '')
      .replace(/<(?:br|\/?p|\/?li|\/?ul|\/?div|\/?td)\b[^>]*>/g, ' ')
      .replace(/<[^>]*>/g, '')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
}

const flat = (text: string) =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function each(check: (kind: MailKind, language: string, cast: Cast, where: string) => void) {
  for (const kind of allKinds)
    for (const language of languages)
      for (const [name, cast] of Object.entries(casts))
        check(kind, language, cast, `${kind} in ${language}, ${name}`);
}

test('a value changes no markup, whatever it holds', () => {
  each((kind, language, cast, where) => {
    const wanted = skeleton(make(kind, language, plain).html);
    const rightToLeft = (tags: string[]) => tags.filter((tag) => !/^<\/?bdi>$/.test(tag));
    assert.deepEqual(rightToLeft(skeleton(make(kind, language, cast).html)), wanted, where);
  });
});

test('no placeholder is left, and none inside a value is filled', () => {
  each((kind, language, cast, where) => {
    const { subject, text } = make(kind, language, cast);
    const said = Object.values(cast)
      .map(oneLine)
      .sort((a, b) => b.length - a.length);
    const without = said.reduce(
      (rest, value) => rest.replaceAll(flat(value), ''),
      flat(`${subject}\n${text}`),
    );
    assert.doesNotMatch(without, /\{|\}|undefined|\[object/, where);
    assert.ok(flat(text).includes(flat(oneLine(cast.name))), where);
  });
});

test('text and HTML say the same', () => {
  each((kind, language, cast, where) => {
    const { html, text } = make(kind, language, cast);
    const shown = seen(html);
    for (const part of text.split(/\n\n|\n(?=- )|\n?-- \n/))
      assert.ok(shown.includes(flat(part.replace(/^- /, ''))), `${where}: ${part}`);
  });
});

test('the subject is one line that fits, with nothing that turns it around', () => {
  each((kind, language, cast, where) => {
    const { subject } = make(kind, language, cast);
    assert.doesNotMatch(subject, /[\p{Cc}\u202a-\u202e]/u, where);
    assert.ok([...subject].length <= 200, where);
  });
});

test('lines of the text are short, but for words that cannot be broken', () => {
  each((kind, language, cast, where) => {
    for (const line of make(kind, language, cast).text.split('\n'))
      assert.ok(
        line.length <= 76 || !line.trim().replace(/^- /, '').includes(' '),
        `${where}: ${line}`,
      );
  });
});

test('language and direction are the reader’s', () => {
  for (const { code, tag, direction } of known) {
    const { html, text } = make('password_changed', code, plain);
    assert.ok(html.includes(`<html lang="${tag}" dir="${direction}">`));
    assert.ok(text.includes('2026'));
  }
  assert.match(make('password_reset', 'fr_BE', plain).text, /valable 24\sheures/);
  assert.match(make('password_reset', 'nl_BE', plain).text, /24\suur/);
});

test('a link stands where one is due, blotted out until it leaves', () => {
  each((kind, language, cast, where) => {
    const mail = make(kind, language, cast);
    const due = kinds[kind].link;
    assert.equal(
      mail.text.split('\n').filter((line) => line === blotted(live)).length,
      due ? 1 : 0,
      where,
    );
    assert.equal(mail.html.split(BLOTTED).length - 1, due ? 3 : 0, where);
    const out = withLive(mail, live);
    assert.ok(!`${out.html}${out.text}`.includes(BLOTTED), where);
    assert.equal(
      out.html.split(`href="${live.replace('&', '&#38;')}"`).length - 1,
      due ? 2 : 0,
      where,
    );
    assert.equal(out.text.split(`\n${live}\n`).length - 1, due ? 1 : 0, where);
  });
});

test('the live link goes nowhere else, whatever words say', () => {
  const shown = blotted(live);
  const words = {
    subject: shown,
    body: `see https://evil.example/?to=${shown}\n\n${shown}&more\n\n{link}`,
  };
  const mail = make(
    'password_reset',
    'fr_BE',
    { ...plain, name: shown },
    letterhead({ password_reset: words }),
  );
  const out = withLive(mail, live);
  assert.equal(out.text.split(live).length - 1, 1);
  assert.ok(!out.html.includes(`evil.example/?to=${live.replace('&', '&#38;')}`));
  assert.equal(out.subject, shown);
});

test('whoever did not do it is told what to do, also under a co-operative’s own words', () => {
  const own = { subject: 'S', body: 'B' };
  for (const kind of ['password_changed', 'new_device', 'api_key_created'] as const) {
    const { text, html } = make(kind, 'fr_BE', plain, letterhead({ [kind]: own }));
    for (const part of [
      'Ce n’était pas vous',
      '/web/reset_password?db=pots',
      'bonjour@pots.example',
    ])
      assert.ok(text.includes(part) && html.includes(part.replace('’', '’')), `${kind}: ${part}`);
  }
});

test('words of a button are readable whatever the colour', () => {
  for (const colour of [
    '#000000',
    '#ffffff',
    '#ffd400',
    '#808080',
    '#0f766e',
    '#767676',
    '#1a2027',
  ]) {
    const { button, onButton, edge, link } = paintOf(colour);
    assert.ok(contrast(button, onButton) >= 4.5, colour);
    assert.ok(contrast(link, '#ffffff') >= 4.5, colour);
    assert.ok(Math.min(contrast(edge, '#ffffff'), contrast(edge, '#1a2027')) >= 1.5, colour);
  }
});
