// What a person may do, worked out from first principles: nothing here asks the code that is tried.

export type Letter = 'read' | 'write' | 'create' | 'unlink';
export const LETTERS: readonly Letter[] = ['read', 'write', 'create', 'unlink'];

/** A right on res.partner as its administrator would give it. */
export interface GrantCase {
  group: string | null;
  operations: readonly Letter[];
  active?: boolean;
}

/** A rule: it passes partners whose colour is one of these. */
export interface RuleCase {
  groups: readonly string[];
  operations: readonly Letter[];
  colours: readonly number[];
  active?: boolean;
}

/** Rights and rules together. */
export interface Scenario {
  name: string;
  grants: readonly GrantCase[];
  rules: readonly RuleCase[];
}

/** Who calls, as the test knows them. */
export interface Kind {
  name: string;
  /** Every group of theirs that scenarios name, implied ones written out by hand. */
  groups: readonly string[];
  key?: { readOnly: boolean; models: readonly string[] | null };
}

const INTERNAL = 'base.group_user';
const PORTAL = 'base.group_portal';
const CLERKS = 'base.group_erp_manager';
const SETTINGS = 'base.group_system';
const ALL = LETTERS;

const internal = [INTERNAL, 'base.group_no_one'];
const clerk = [...internal, CLERKS];
const settings = [...clerk, SETTINGS];

export const kinds: readonly Kind[] = [
  { name: 'portal', groups: [PORTAL] },
  { name: 'internal', groups: internal },
  { name: 'clerk', groups: clerk },
  { name: 'settings', groups: settings },
  { name: 'reading key', groups: clerk, key: { readOnly: true, models: null } },
  { name: 'key elsewhere', groups: clerk, key: { readOnly: false, models: ['res.country'] } },
  { name: 'key here', groups: internal, key: { readOnly: false, models: ['res.partner'] } },
];

const grantSets: Record<string, readonly GrantCase[]> = {
  'no right': [],
  'a right of everybody': [{ group: null, operations: ALL }],
  'an archived right': [{ group: null, operations: ALL, active: false }],
  'a right of internal people': [{ group: INTERNAL, operations: ALL }],
  'a right by implication': [{ group: 'base.group_no_one', operations: ALL }],
  'portal reads, clerks do all': [
    { group: PORTAL, operations: ['read'] },
    { group: CLERKS, operations: ALL },
  ],
  'rights that add up': [
    { group: INTERNAL, operations: ['read'] },
    { group: CLERKS, operations: ['write'] },
    { group: SETTINGS, operations: ['create', 'unlink'] },
    { group: PORTAL, operations: ['read', 'write'] },
  ],
  ...Object.fromEntries(
    LETTERS.map((one) => [
      `everybody may read and ${one}`,
      [{ group: null, operations: ['read', one] }] as GrantCase[],
    ]),
  ),
};

const ruleSets: Record<string, readonly RuleCase[]> = {
  'no rule': [],
  'a rule for everybody': [{ groups: [], operations: ALL, colours: [1, 2] }],
  'two rules for everybody': [
    { groups: [], operations: ALL, colours: [1, 2] },
    { groups: [], operations: ALL, colours: [2, 3] },
  ],
  'a rule of a group': [{ groups: [INTERNAL], operations: ALL, colours: [1] }],
  'rules of several groups': [
    { groups: [INTERNAL], operations: ALL, colours: [1] },
    { groups: [CLERKS, PORTAL], operations: ALL, colours: [2] },
  ],
  'a rule for everybody and one of a group': [
    { groups: [], operations: ALL, colours: [1, 2] },
    { groups: [INTERNAL], operations: ALL, colours: [2, 3] },
  ],
  'a rule by operation': LETTERS.map((one, i) => ({
    groups: [],
    operations: [one],
    colours: [0, 1, 2, 3].filter((colour) => colour !== i),
  })),
  'an archived rule': [{ groups: [], operations: ALL, colours: [], active: false }],
};

export const scenarios: readonly Scenario[] = Object.entries(grantSets).flatMap(
  ([granted, grants]) =>
    Object.entries(ruleSets).map(([ruled, rules]) => ({
      name: `${granted}, ${ruled}`,
      grants,
      rules,
    })),
);

/** Whether the right on the model is theirs. */
export function mayDo({ grants }: Scenario, { groups, key }: Kind, operation: Letter): boolean {
  if (key?.readOnly && operation !== 'read') return false;
  if (key?.models && !key.models.includes('res.partner')) return false;
  return grants.some(
    ({ group, operations, active = true }) =>
      active && operations.includes(operation) && (group === null || groups.includes(group)),
  );
}

/** Whether rules let a partner of this colour through. */
export function passes({ rules }: Scenario, { groups }: Kind, operation: Letter, colour: number) {
  const bound = rules.filter(
    (rule) => (rule.active ?? true) && rule.operations.includes(operation),
  );
  const forAll = bound.filter((rule) => rule.groups.length === 0);
  const mine = bound.filter((rule) => rule.groups.some((group) => groups.includes(group)));
  return (
    forAll.every(({ colours }) => colours.includes(colour)) &&
    (mine.length === 0 || mine.some(({ colours }) => colours.includes(colour)))
  );
}

/** Fields that the test closes, and the groups they stay open for. */
export const closedFields: Readonly<Record<string, readonly string[]>> = {
  function: [CLERKS],
  website: [],
  company_id: [CLERKS],
};
