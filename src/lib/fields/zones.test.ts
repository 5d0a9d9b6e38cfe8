// Time zones on their way to a page, and compared with the browser's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTimeZones } from '#server/preferences/time-zones.ts';
import { wordsFor } from '#server/kernel/words.ts';
import {
  byContinent,
  otherZone,
  packZones,
  unpackZones,
  zoneChoices,
  zoneOptions,
} from './zones.ts';

const listed = listTimeZones('fr-BE', new Date('2026-01-15T12:00:00Z'));
const zones = unpackZones(packZones(listed));

test('packed and unpacked, the zones have the names and labels they had', () => {
  assert.deepEqual(
    zones,
    listed.map(({ name, label }) => ({ name, label })),
  );
});

test('every zone stands under one continent, what has none under the last', () => {
  const groups = byContinent(zones);
  assert.equal(
    groups.reduce((sum, group) => sum + group.zones.length, 0),
    zones.length,
  );
  assert.equal(groups.at(-1)?.label, 'zones.other');
  assert.ok(groups.at(-1)?.zones.some(({ name }) => name === 'UTC'));
});

test('the options are every zone once, the chosen one selected, in the words of each language', () => {
  const text = packZones(listed);
  const options = zoneOptions(text, wordsFor('fr_BE'), 'Europe/Brussels');
  assert.equal(options.match(/<option /g)?.length, zones.length);
  assert.deepEqual(options.match(/value="[^"]*" selected/g), ['value="Europe/Brussels" selected']);
  assert.match(options, /<optgroup label="Amérique">/);
  const unset = zoneOptions(text, wordsFor('en_US'), '');
  assert.doesNotMatch(unset, /selected/);
  assert.match(unset, /<optgroup label="America">/);
  assert.doesNotMatch(zoneOptions('A"<b/C +01:00', wordsFor('en_US'), ''), /<b|"</);
});

test('a browser in another zone is offered its own, under the name of our list', () => {
  assert.equal(otherZone(zones, 'Europe/Paris', 'Europe/Brussels')?.name, 'Europe/Brussels');
  assert.equal(otherZone(zones, '', 'Europe/Brussels')?.name, 'Europe/Brussels');
  assert.equal(otherZone(zones, 'Europe/Paris', 'Asia/Calcutta')?.name, 'Asia/Kolkata');
});

test('two names of one zone are no difference, and an unknown zone is not offered', () => {
  assert.equal(otherZone(zones, 'Europe/Brussels', 'Europe/Brussels'), undefined);
  assert.equal(otherZone(zones, 'Asia/Kolkata', 'Asia/Calcutta'), undefined);
  assert.equal(otherZone(zones, 'Europe/Kyiv', 'Europe/Kiev'), undefined);
  assert.equal(otherZone(zones, 'Europe/Brussels', 'Nowhere/Land'), undefined);
});

test('a zone is found by its country, in the reader’s language', () => {
  const choices = zoneChoices(zones, 'fr-BE');
  const wordsOf = (name: string) => choices.find(({ value }) => value === name)?.words;
  assert.equal(wordsOf('Europe/Brussels'), 'Belgique');
  assert.equal(wordsOf('Asia/Kolkata'), 'Inde');
});
