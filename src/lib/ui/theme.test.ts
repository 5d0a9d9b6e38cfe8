// The tenant's colour, whatever it is, gives pages that can be read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { contrast, GROUNDS, READABLE, themeOf, themeSheet, VISIBLE } from './theme.ts';

const named = [
  '#ffff00',
  '#ffffff',
  '#000000',
  '#0f766e',
  '#ff0000',
  '#0000ff',
  '#777777',
  '#ffd500',
];
const colour = fc.oneof(
  fc.constantFrom(...named),
  fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`),
);
const modes = ['light', 'dark'] as const;

test('contrast is what WCAG says it is', () => {
  assert.equal(contrast('#ffffff', '#000000'), 21);
  assert.equal(contrast('#123456', '#123456'), 1);
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
  assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54');
});

test('links can be read on every ground, in the light and in the dark', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom(...modes), (wished, mode) => {
      const text = themeOf(wished).accentText[mode];
      for (const ground of GROUNDS[mode])
        assert.ok(contrast(text, ground) >= READABLE, `${text} on ${ground}`);
    }),
    { numRuns: 500 },
  );
});

test('the words on a filled button can be read, and the button is seen', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom(...modes), (wished, mode) => {
      const { accent, onAccent } = themeOf(wished);
      assert.ok(contrast(accent[mode], onAccent[mode]) >= READABLE);
      assert.ok(contrast(accent[mode], GROUNDS[mode][0]) >= VISIBLE);
    }),
    { numRuns: 500 },
  );
});

test('a colour that does already stays as it is', () => {
  const { accent, accentText } = themeOf('#0f766e');
  assert.deepEqual(accent, { light: '#0f766e', dark: '#0f766e' });
  assert.equal(accentText.light, '#0f766e');
  assert.equal(themeOf('#ffd500').accent.light, '#ffd500');
  assert.equal(themeOf('#ffd500').onAccent.light, '#000000');
});

test('the grounds are those that app.css draws on', () => {
  const css = readFileSync(new URL('../../app.css', import.meta.url), 'utf8');
  GROUNDS.light.forEach((light, i) =>
    assert.ok(
      css.includes(`light-dark(${light}, ${GROUNDS.dark[i]})`),
      `${light} is not in app.css`,
    ),
  );
});

test('the sheet sets three colours and nothing else', () => {
  assert.match(
    themeSheet(themeOf('#ffff00')),
    /^:root:root\{(--[a-z-]+:light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\);?){3}\}\n$/,
  );
});
