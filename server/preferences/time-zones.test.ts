// Every zone there is, by today's name, cheaply.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalTimeZone, listTimeZones } from './time-zones.ts';

const winter = new Date('2026-01-15T12:00:00Z');
const summer = new Date('2026-07-15T12:00:00Z');
const find = (name: string, now: Date) =>
  listTimeZones('fr-BE', now).find((zone) => zone.name === name);

test('the list holds every zone of the running Node, and UTC, once and by its modern name', () => {
  const names = listTimeZones('fr-BE', winter).map(({ name }) => name);
  for (const zone of Intl.supportedValuesOf('timeZone'))
    assert.ok(names.includes(canonicalTimeZone(zone) ?? ''), zone);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('Europe/Kyiv') && !names.includes('Europe/Kiev'));
  assert.ok(names.includes('Asia/Kolkata') && !names.includes('Asia/Calcutta'));
});

test('every listed name is one that Intl can work with, and stands for itself', () => {
  for (const { name } of listTimeZones('fr-BE', winter)) {
    assert.equal(canonicalTimeZone(name), name);
    assert.doesNotThrow(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name));
  }
});

test('old, short and oddly written names lead to the modern one', () => {
  const accepted = {
    'Europe/Kiev': 'Europe/Kyiv',
    'Asia/Calcutta': 'Asia/Kolkata',
    'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
    'US/Pacific': 'America/Los_Angeles',
    'europe/brussels': 'Europe/Brussels',
    'Etc/UTC': 'UTC',
    GMT: 'UTC',
    CET: 'Europe/Brussels',
    'Etc/GMT-14': 'Etc/GMT-14',
  };
  for (const [name, modern] of Object.entries(accepted)) {
    assert.equal(canonicalTimeZone(name), modern);
  }
});

test('what is no IANA name is refused', () => {
  const refused = ['', ' ', 'Brussels', '+02:00', '-0500', 'PST', 'JST', 'SystemV/PST8', 'Factory'];
  const hostile = ['__proto__', 'constructor', 'UTC\0', 'Etc/GMT+13', '../UTC', 'a'.repeat(1e6)];
  for (const name of [...refused, ...hostile])
    assert.equal(canonicalTimeZone(name), undefined, name.slice(0, 40));
});

test('the distance to UTC is that of the moment, summer time included', () => {
  const brussels = 'Europe/Brussels';
  assert.deepEqual(find(brussels, winter), {
    name: brussels,
    label: 'Europe/Brussels (UTC+01:00)',
    offset: '+01:00',
    minutes: 60,
  });
  assert.equal(find(brussels, summer)?.offset, '+02:00');
  const change = Date.UTC(2026, 2, 29, 1);
  assert.equal(find(brussels, new Date(change - 1))?.minutes, 60);
  assert.equal(find(brussels, new Date(change))?.minutes, 120);
  assert.equal(find('Asia/Kathmandu', winter)?.minutes, 345);
  assert.equal(find('America/New_York', winter)?.label, 'America/New York (UTC\u221205:00)');
  assert.equal(find('Etc/GMT+5', winter)?.minutes, -300);
});

test('places come first and in order, the zones that are no place last', () => {
  const names = listTimeZones('fr-BE', winter).map(({ name }) => name);
  const first = names.findIndex((name) => name.startsWith('Etc/'));
  assert.ok(names.slice(first, -1).every((name) => name.startsWith('Etc/')));
  assert.equal(names.at(-1), 'UTC');
  const places = names.slice(0, first);
  assert.deepEqual(places, places.toSorted(new Intl.Collator('fr-BE').compare));
});

test('the list is made once for a quarter of an hour', () => {
  const list = listTimeZones('nl-BE', winter);
  assert.equal(listTimeZones('nl-BE', new Date(winter.getTime() + 14 * 60_000)), list);
  assert.notEqual(listTimeZones('nl-BE', new Date(winter.getTime() + 15 * 60_000)), list);
});
