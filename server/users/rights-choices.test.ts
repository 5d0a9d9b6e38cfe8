// The groups of a person as they are chosen on the screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsFor, rightsChoices, type OfferedGroup } from './rights-choices.ts';

const types = { id: 1, name: 'Types', exclusive: true };
const administration = { id: 2, name: 'Administration', exclusive: false };
const extra = { id: 3, name: 'Extra', exclusive: false };
const [INTERNAL, PORTAL, RIGHTS, SETTINGS, TECHNICAL, EXPORT] = [10, 11, 20, 21, 30, 31];

const groups: OfferedGroup[] = [
  { id: INTERNAL, name: 'Internal', category: types, implies: [TECHNICAL] },
  { id: PORTAL, name: 'Portal', category: types, implies: [] },
  {
    id: SETTINGS,
    name: 'Settings',
    category: administration,
    implies: [RIGHTS, INTERNAL, TECHNICAL, EXPORT],
  },
  { id: RIGHTS, name: 'Rights', category: administration, implies: [INTERNAL, TECHNICAL] },
  { id: TECHNICAL, name: 'Technical', category: extra, implies: [] },
  { id: EXPORT, name: 'Export', category: extra, implies: [] },
];
const plain = new Set([INTERNAL, TECHNICAL]);
const full = new Set([INTERNAL, TECHNICAL, RIGHTS, SETTINGS, EXPORT]);

test('one type, one step of a chain, and boxes for the rest', () => {
  const { type, chains, boxes } = rightsChoices(groups, full);
  assert.equal(type?.chosen, INTERNAL);
  assert.deepEqual(type?.impliedBy, ['Rights']);
  assert.deepEqual(
    chains.map(({ chosen, options }) => [chosen, options.map(({ name }) => name)]),
    [[SETTINGS, ['Rights', 'Settings']]],
  );
  assert.deepEqual(boxes, [
    {
      label: 'Extra',
      groups: [
        { id: TECHNICAL, name: 'Technical', held: true, impliedBy: ['Internal'] },
        { id: EXPORT, name: 'Export', held: true, impliedBy: ['Settings'] },
      ],
    },
  ]);
});

test('a step up gives, a step down takes away what is above', () => {
  const up = commandsFor(groups, plain, { 'chain-2': String(SETTINGS), 'chain-2Was': '' });
  assert.deepEqual(up, [[4, SETTINGS]]);
  const down = commandsFor(groups, full, {
    'chain-2': String(RIGHTS),
    'chain-2Was': String(SETTINGS),
  });
  assert.deepEqual(down, [
    [3, SETTINGS],
    [4, RIGHTS],
  ]);
  const out = commandsFor(groups, full, { 'chain-2': '', 'chain-2Was': String(SETTINGS) });
  assert.deepEqual(out, [
    [3, RIGHTS],
    [3, SETTINGS],
  ]);
});

test('another type takes along every group that brings the old one', () => {
  const commands = commandsFor(groups, full, { type: String(PORTAL), typeWas: String(INTERNAL) });
  assert.deepEqual(commands, [
    [3, INTERNAL],
    [3, SETTINGS],
    [3, RIGHTS],
    [4, PORTAL],
  ]);
});

test('what was not changed, and what was not offered, changes nothing', () => {
  assert.deepEqual(
    commandsFor(groups, full, { 'chain-2': '21', 'chain-2Was': '21', type: '999', typeWas: '10' }),
    [],
  );
});
