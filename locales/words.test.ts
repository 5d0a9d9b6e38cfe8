// What readers of each language get to see: sentences filled in, dates, numbers and order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localeTag, makeWords, type Catalogue, type Key } from './words.ts';

const english: Catalogue = {
  plain: 'Good morning',
  onlyEnglish: 'Only here',
  hello: 'Hello {name}',
  people: '{count, plural, one {# person} other {# people}}',
  since: 'since {day, date, long} at {day, time, short}',
  'refusal.unknown': 'Something failed',
  'refusal.wait': 'Wait {minutes} minutes',
};
const french: Catalogue = {
  plain: 'Bonjour',
  people: '{count, plural, one {# personne} other {# personnes}}',
  hello: 'Bonjour {name} <b>',
  since: 'depuis le {day, date, long} à {day, time, short}',
};
const belgian: Catalogue = { plain: 'Bonjour une fois' };

// These catalogues are the test's own, so their keys are not those of en.json.
const key = (name: string) => name as Key;
const fr = makeWords('fr_BE', [belgian, french, english], 'Europe/Brussels');
const nl = makeWords('nl_BE', [english]);
const de = makeWords('de_DE', [english]);
const en = makeWords('en_US', [english]);

test('a code becomes the tag that browsers and Intl know', () => {
  assert.equal(localeTag('fr_BE'), 'fr-BE');
  assert.equal(fr.locale, 'fr-BE');
});

test('a sentence comes from the nearest catalogue that has it', () => {
  assert.equal(fr.t(key('plain')), 'Bonjour une fois');
  assert.equal(fr.t(key('people'), { count: 2 }), '2 personnes');
  assert.equal(fr.t(key('onlyEnglish')), 'Only here');
});

test('placeholders are filled in, and plurals follow the language', () => {
  assert.equal(en.t(key('hello'), { name: "Jo {x} '<i>" }), "Hello Jo {x} '<i>");
  assert.equal(en.t(key('people'), { count: 0 }), '0 people');
  assert.equal(fr.t(key('people'), { count: 0 }), '0 personne');
  assert.equal(fr.t(key('people'), { count: 12_000 }), '12.000 personnes');
});

test('what looks like markup stays text', () => {
  assert.equal(fr.t(key('hello'), { name: 'Jo' }), 'Bonjour Jo <b>');
});

test('dates inside a sentence follow the language and the time zone of the words', () => {
  const values = { day: new Date('2026-03-01T23:30:00Z') };
  assert.match(fr.t(key('since'), values), /2 mars 2026.*00:30/);
  assert.match(en.t(key('since'), values), /March 1, 2026.*23:30/);
});

test('a sentence without its value is a mistake of ours, named by its placeholder', () => {
  assert.throws(() => en.t(key('hello')), /"name"/);
});

test('a key put together at run time falls back to a general sentence', () => {
  assert.equal(en.tell('refusal.wait', { minutes: 5 }), 'Wait 5 minutes');
  assert.equal(en.tell('refusal.nonsense'), 'Something failed');
  assert.equal(en.tell('refusal.wait'), 'Something failed', 'a missing value must not throw');
  assert.equal(en.tell('constructor'), 'Something failed');
});

test('has() knows the keys of the whole chain, and nothing inherited', () => {
  assert.ok(fr.has('onlyEnglish'));
  assert.ok(!fr.has('toString'));
  assert.ok(!fr.has('refusal.nonsense'));
});

test('dates are written the way of the language', () => {
  assert.equal(fr.date('2026-03-01'), '01/03/2026');
  assert.equal(fr.date('2026-03-01', 'long'), '1 mars 2026');
  assert.equal(nl.date('2026-03-01', 'long'), '1 maart 2026');
  assert.equal(de.date('2026-03-01'), '01.03.2026');
  assert.equal(en.date('2026-03-01'), '03/01/2026');
});

test('a calendar day is the same day in every zone, a moment is not', () => {
  const moment = '2026-03-01T23:30:00Z';
  assert.equal(fr.date('2026-03-01', 'short', 'Pacific/Honolulu'), '01/03/2026');
  assert.equal(nl.date(moment), '01/03/2026');
  assert.equal(fr.date(moment), '02/03/2026');
  assert.equal(fr.date(moment, 'short', 'Pacific/Honolulu'), '01/03/2026');
});

test('date-times show twenty-four hours, in the zone asked for', () => {
  const moment = Date.UTC(2026, 2, 1, 23, 5);
  assert.match(fr.dateTime(moment), /^02\/03\/2026,? 00:05$/);
  assert.match(en.dateTime(moment), /^03\/01\/2026, 23:05$/);
  assert.match(en.dateTime(moment, 'Asia/Tokyo', 'long'), /^March 2, 2026 at 08:05$/);
});

test('distances in time are counted in the largest whole unit', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const before = (seconds: number) => fr.relative(now.getTime() - seconds * 1000, now);
  assert.equal(before(0), 'maintenant');
  assert.equal(before(59), 'maintenant');
  assert.equal(before(60), 'il y a 1 minute');
  assert.equal(before(7199), 'il y a 1 heure');
  assert.equal(before(30 * 3600), 'il y a 1 jour');
  assert.equal(before(800 * 86_400), 'il y a 2 ans');
  assert.equal(before(-5 * 60), 'dans 5 minutes');
  assert.equal(nl.relative('2026-02-26T12:00:00Z', now), '3 dagen geleden');
});

test('numbers and lists are written the way of the language', () => {
  assert.equal(nl.number(1234567.5), '1.234.567,5');
  assert.equal(en.number(1234567.5), '1,234,567.5');
  assert.equal(fr.list(['Anne', 'Bas', 'Chloé']), 'Anne, Bas et Chloé');
  assert.equal(nl.list(['Anne', 'Bas']), 'Anne en Bas');
});

test('names sort as readers expect: accents with their letter, case aside, numbers by size', () => {
  const french = ['zoé', 'Émile', 'eva', 'Élan', 'Edgar', 'Çelik', 'Cédric', 'Dora'];
  const frenchOrder = ['Cédric', 'Çelik', 'Dora', 'Edgar', 'Élan', 'Émile', 'eva', 'zoé'];
  assert.deepEqual(french.sort(fr.compare), frenchOrder);
  const german = ['Zorn', 'Ärger', 'Bauer', 'Adler', 'Ähre', 'Öl', 'Ofen'];
  const germanOrder = ['Adler', 'Ähre', 'Ärger', 'Bauer', 'Ofen', 'Öl', 'Zorn'];
  assert.deepEqual(german.sort(de.compare), germanOrder);
  assert.deepEqual(['Team 10', 'Team 2'].sort(nl.compare), ['Team 2', 'Team 10']);
  assert.notEqual(fr.compare('cote', 'côte'), 0, 'the order must not depend on where it started');
});

test('a plain sentence costs a look-up, not a parse', () => {
  const started = performance.now();
  for (let round = 0; round < 100_000; round++) fr.t(key('plain'));
  assert.ok(performance.now() - started < 500);
});

test('formats are shared, and hundreds of time zones push the oldest out again', (context) => {
  const made = context.mock.method(Intl, 'DateTimeFormat').mock;
  const first = () => fr.dateTime(0, 'Africa/Abidjan');
  first();
  const before = made.callCount();
  first();
  assert.equal(made.callCount(), before);
  const zones = Intl.supportedValuesOf('timeZone').slice(1);
  for (const zone of zones) fr.dateTime(0, zone);
  assert.equal(first(), nl.dateTime(0).replace(',', ''));
  assert.ok(made.callCount() > before + zones.length, 'nothing was pushed out');
});
