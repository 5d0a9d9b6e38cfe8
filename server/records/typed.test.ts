// What people type, in their own way of writing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelField } from '../models/define.ts';
import { changeOf, readNumber } from './typed.ts';

const belgian = { language: 'fr_BE', timeZone: 'Europe/Brussels' };
const american = { language: 'en_US', timeZone: 'America/New_York' };
const field = (kind: string) => ({ name: 'x', kind }) as ModelField;

test('numbers are read as their writers write them', () => {
  const cases: [string, string, number][] = [
    ['1.006', 'fr-BE', 1006],
    ['1 006,5', 'fr-FR', 1006.5],
    ['1\u202f006,5', 'fr-FR', 1006.5],
    ['1.006,5', 'nl-BE', 1006.5],
    ['1,006.5', 'en-US', 1006.5],
    ['-3,25', 'de-DE', -3.25],
    [',5', 'fr-BE', 0.5],
  ];
  for (const [text, locale, number] of cases)
    assert.equal(readNumber(text, locale), number, `${text} ${locale}`);
  for (const text of ['1.06', '1,2,3', 'douze', '1e3', '--1', '.'])
    assert.ok(Number.isNaN(readNumber(text, 'fr-BE')), text);
});

test('what was not changed is not a change, whatever line ends the browser sends', () => {
  assert.equal(changeOf({ x: 'a\r\nb', xWas: 'a\nb' }, field('text'), belgian), undefined);
  assert.equal(changeOf({ x: 'a' }, field('char'), belgian), undefined);
  assert.equal(changeOf({ x: '', xWas: 'a' }, field('char'), belgian), false);
  assert.equal(changeOf({ xWas: 'on' }, field('boolean'), belgian), false);
  assert.equal(changeOf({ x: 'on', xWas: '' }, field('boolean'), belgian), true);
});

test('days and moments are read in the format and the zone of their writer', () => {
  const day = (text: string, reader = belgian) =>
    changeOf({ x: text, xWas: '' }, field('date'), reader);
  assert.equal(day('2026-03-01'), '2026-03-01');
  assert.equal(day('01/03/2026'), '2026-03-01');
  assert.equal(day('03/01/2026', american), '2026-03-01');
  assert.throws(() => day('31/02/2026'), { code: 'date_invalid', field: 'x' });
  assert.throws(() => day('hier'), { code: 'date_invalid' });
  const moment = (text: string, reader = belgian) =>
    changeOf({ x: text, xWas: '' }, field('datetime'), reader);
  assert.equal(moment('2026-07-01T14:30'), '2026-07-01 12:30:00');
  assert.equal(moment('01/07/2026 14:30'), '2026-07-01 12:30:00');
  assert.equal(moment('2026-07-01T14:30', american), '2026-07-01 18:30:00');
});

test('a list is what was ticked and what was not any more', () => {
  const typed = {
    'x:1': 'One',
    'x:1Was': 'One',
    'x:2Was': 'Two',
    'x:3': 'Three',
    'x:3Was': '',
    xAdd: '4',
    'xx:9': 'Other field',
  };
  assert.deepEqual(changeOf(typed, field('many2many'), belgian), [
    [3, 2],
    [4, 3],
    [4, 4],
  ]);
  assert.equal(changeOf({ 'x:1': 'a', 'x:1Was': 'a' }, field('many2many'), belgian), undefined);
});
