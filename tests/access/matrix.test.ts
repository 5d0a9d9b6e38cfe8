// Right × rule × verb × field × kind of caller, generated, against an oracle that shares no code with what is
// tried: through the registry's door, and over the wire.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeKey } from '#server/api-keys/keys.ts';
import { models } from '#server/catalogue.ts';
import { declareModels, findModel } from '#server/models/registry.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { ask } from '../ask.ts';
import { openStage, type Stage } from '../protocol/stage.ts';
import { overJson } from '../protocol/talk.ts';
import { asMember, PASSWORD } from '../world.ts';
import { closedFields, kinds, LETTERS, mayDo, passes, scenarios } from './matrix.ts';
import type { Kind, Letter, Scenario } from './matrix.ts';

const COLOURS = [0, 1, 2, 3];
const OURS = [['zip', '=', 'M']];

let stage: Stage;
let caller: Caller;
/** Numbers of the partners that are tried, by colour. */
let rows: number[];
/** Who a kind of caller signs in as, and what programs give for a password. */
const people = new Map<Kind, { login: string; id: number; secret: string }>();

/** Partners with two fields closed, as a module of tomorrow might declare them. */
function closeFields(): void {
  declareModels(
    models.map((model) => {
      if (model.name !== 'res.partner') return model;
      const fields = { ...model.fields };
      for (const [name, groups] of Object.entries(closedFields))
        fields[name] = { ...fields[name]!, groups };
      return { ...model, fields };
    }),
  );
}

before(async () => {
  stage = await openStage();
  closeFields();
  ({ caller } = await stage.world.tenant());
  rows = [];
  for (const color of COLOURS) {
    const values = { name: `Matrix ${color}`, zip: 'M', color, job_title: 'secret' };
    const { id } = await caller.db
      .insertInto('partners')
      .values({ tenant: caller.tenant.id, ...values })
      .returning('id')
      .executeTakeFirstOrThrow();
    rows.push(id);
  }
  for (const [nth, kind] of kinds.entries()) {
    const login = `kind-${nth}`;
    const member = await stage.world.person(caller, {
      ...{ login, name: kind.name, groups: kind.groups.filter((name) => !name.endsWith('no_one')) },
    });
    people.set(kind, { login, id: member.person.id, secret: await secretOf(kind, member) });
  }
});
after(() => stage.close());

async function secretOf({ key }: Kind, member: Member): Promise<string> {
  if (!key) return PASSWORD;
  const scope = key.models
    ? { scope: 'models', models: key.models }
    : { scope: 'read', models: [] };
  const made = await makeKey(member, stage.world.secret, {
    ...{ name: 'matrix', ...scope, readOnly: key.readOnly, addresses: '' },
    ...{ lasts: '1', until: '', proof: PASSWORD },
  });
  return made.key;
}

/** Puts the scenario's rights and rules in place of all that res.partner has. */
async function lay({ grants, rules }: Scenario): Promise<void> {
  const { tenant } = caller;
  const model_id = findModel('res.partner').id;
  const flags = (operations: readonly Letter[]) =>
    Object.fromEntries(LETTERS.map((one) => [`perm_${one}`, operations.includes(one)]));
  await caller.db.transaction().execute(async (db) => {
    for (const table of ['model_access', 'record_rules'] as const)
      await db
        .deleteFrom(table)
        .where('tenant', '=', tenant.id)
        .where('model_id', '=', model_id)
        .execute();
    const groups = await db
      .selectFrom('groups')
      .select(['id', 'external_id'])
      .where('tenant', '=', tenant.id)
      .execute();
    const idOf = (name: string) => groups.find(({ external_id }) => external_id === name)!.id;
    for (const { group, operations, active = true } of grants)
      await db
        .insertInto('model_access')
        .values({
          ...{ tenant: tenant.id, name: 'matrix', model_id, active },
          ...{ group_id: group === null ? null : idOf(group), ...flags(operations) },
        })
        .execute();
    for (const { groups: of, operations, colours, active = true } of rules) {
      const domain_force = `[('color', 'in', [${colours.join(', ')}])]`;
      const { id } = await db
        .insertInto('record_rules')
        .values({
          tenant: tenant.id,
          name: 'matrix',
          model_id,
          domain_force,
          active,
          ...flags(operations),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      for (const name of of)
        await db
          .insertInto('record_rule_groups')
          .values({ tenant: tenant.id, rule_id: id, group_id: idOf(name) })
          .execute();
    }
  });
}

/** A way to call as one kind of caller. */
type Call = (method: string, args: unknown[], kwargs?: object, model?: string) => Promise<unknown>;

const UNDONE = Symbol('undone');

async function throughTheDoor(kind: Kind): Promise<Call> {
  const member = await asMember(caller, people.get(kind)!.login);
  const limits = kind.key && { keyId: 1, ...kind.key };
  const who = { ...member, person: { ...member.person, ...(limits ? { limits } : {}) } };
  return async (method, args, kwargs = {}, model = 'res.partner') => {
    let answer: unknown;
    try {
      await caller.db.transaction().execute(async (db) => {
        answer = await ask({ ...who, db }, model, method, args, { ...kwargs });
        throw UNDONE;
      });
    } catch (error) {
      if (error !== UNDONE) throw error;
    }
    return answer;
  };
}

function overTheWire(kind: Kind): Call {
  const { id, secret } = people.get(kind)!;
  const talk = overJson(stage.url);
  return (method, args, kwargs = {}, model = 'res.partner') =>
    talk.call('object', 'execute_kw', [
      caller.tenant.name,
      id,
      secret,
      model,
      method,
      args,
      kwargs,
    ]);
}

function isDenied(error: unknown): boolean {
  const { status, kind } = error as { status?: number; kind?: string };
  return status === 403 || kind === 'odoo.exceptions.AccessError';
}

/** What a call answers, or `denied`; any other failure is one. */
async function told(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (isDenied(error)) return 'denied';
    throw error;
  }
}

/** Compares what a call does with what the oracle says of it. */
async function expect(what: string, work: Promise<unknown>, expected: unknown): Promise<void> {
  assert.deepEqual(await told(work), expected, what);
}

async function tryReading(call: Call, scenario: Scenario, kind: Kind): Promise<void> {
  const right = mayDo(scenario, kind, 'read');
  const seen = COLOURS.filter((colour) => passes(scenario, kind, 'read', colour));
  const ids = seen.map((colour) => rows[colour]!);
  const about = (verb: string) => `${kind.name}: ${verb}; ${scenario.name}`;
  const if_ = (answer: unknown) => (right ? answer : 'denied');
  await expect(about('search'), call('search', [OURS], { order: 'color' }), if_(ids));
  await expect(about('search_count'), call('search_count', [OURS]), if_(ids.length));
  const read = call('search_read', [OURS, ['color']], { order: 'color' });
  await expect(about('search_read'), read, if_(seen.map((color, i) => ({ id: ids[i], color }))));
  const all = seen.length === COLOURS.length && right;
  const whole = all ? COLOURS.map((color) => ({ id: rows[color], color })) : 'denied';
  await expect(about('read all'), call('read', [rows, ['color']]), whole);
  const some = call('read', [ids, ['color']]);
  await expect(about('read some'), some, if_(seen.map((color, i) => ({ id: ids[i], color }))));
  const named = call('name_search', ['Matrix', OURS]) as Promise<[number, string][]>;
  await expect(
    about('name_search'),
    named.then((list) => list.map(([id]) => id)),
    if_(ids),
  );
  const grouped = call('read_group', [OURS, ['__count'], ['color']]) as Promise<
    { color: number }[]
  >;
  await expect(
    about('read_group'),
    grouped.then((list) => list.map(({ color }) => color)),
    if_(seen),
  );
}

/** One colour in every form that a client may send it: whatever the form, the same rights hold. */
const forms = (color: number): [object, object?][] => [
  [{ color }],
  [{ color: String(color) }],
  [{}, { context: { default_color: color } }],
  [{}, { context: { default_color: String(color) } }],
];

async function tryChanging(
  call: Call,
  scenario: Scenario,
  kind: Kind,
  keeps: boolean,
): Promise<void> {
  const may = (operation: Letter, ...colours: number[]) =>
    mayDo(scenario, kind, operation) &&
    colours.every((colour) => passes(scenario, kind, operation, colour));
  for (const colour of COLOURS) {
    const ids = [rows[colour]];
    const about = (verb: string) => `${kind.name}: ${verb} ${colour}; ${scenario.name}`;
    const done = (allowed: boolean) => (allowed ? true : 'denied');
    const phone = call('write', [ids, { phone: '02' }]);
    await expect(about('write'), phone, done(may('write', colour)));
    if (!keeps || !may('unlink', colour))
      await expect(about('unlink'), call('unlink', [ids]), done(may('unlink', colour)));
    const [values, kwargs] = forms(colour)[colour % 4]!;
    const made = call('create', [{ name: 'New', ...values }], kwargs) as Promise<number>;
    const created = made.then((id) => typeof id === 'number');
    await expect(about('create'), created, done(may('create', colour)));
    const moved = (colour + 1) % COLOURS.length;
    if (!keeps || !may('write', colour, moved)) {
      const away = call('write', [ids, { color: colour % 2 ? String(moved) : moved }]);
      await expect(about('write away'), away, done(may('write', colour, moved)));
    }
    for (const operation of LETTERS) {
      if (kind.key?.models && !kind.key.models.includes('res.partner')) continue;
      const asked = call('has_access', [ids, operation]);
      await expect(about(`has_access ${operation}`), asked, may(operation, colour));
    }
  }
}

/** Ways to learn what a field holds without reading it. */
function detours(field: string): [string, unknown[], object?, string?][] {
  const is = [field, '=', 'secret'];
  const paths = [
    field,
    `parent_id.${field}`,
    `child_ids.${field}`,
    `parent_id.child_ids.${field}`,
    `commercial_partner_id.parent_id.${field}`,
    `child_ids.parent_id.child_ids.${field}`,
  ];
  const through = field.endsWith('_id') ? paths.map((path) => `${path}.name`) : [];
  return [
    ...[...paths, ...through].map((path): [string, unknown[]] => [
      'search',
      [[[path, '=', 'secret']]],
    ]),
    ['search', [['!', is]]],
    ['search', [['|', ['id', '=', 0], is]]],
    ['search', [[['parent_id', 'any', [is]]]]],
    ['search', [[['child_ids', 'not any', [['parent_id', 'any', [is]]]]]]],
    ['search_count', [[is]]],
    ['name_search', ['', [is]]],
    ['search_read', [[], ['name']], { order: field }],
    ['search', [[]], { order: `name, ${field} desc` }],
    ['read_group', [[], [], [field]]],
    ['read_group', [[is], [], ['color']]],
    ['read', [[rows[0]], [field]]],
    ['search_read', [[], [field]]],
    ['write', [[rows[0]], { [field]: false }]],
    ['create', [{ name: 'x', [field]: false }]],
  ];
}

test('a closed field is neither read nor written, filtered, sorted or grouped by, at any depth', async () => {
  await lay({ name: '', grants: [{ group: null, operations: LETTERS }], rules: [] });
  for (const kind of kinds.filter(({ key }) => !key || key.models?.includes('res.partner')))
    for (const [field, groups] of Object.entries(closedFields)) {
      const open = groups.some((group) => kind.groups.includes(group));
      for (const call of [await throughTheDoor(kind), ...(open ? [] : [overTheWire(kind)])])
        for (const [method, args, kwargs] of detours(field)) {
          const answer = await told(call(method, args, kwargs));
          const what = `${kind.name} ${method} ${JSON.stringify(args)} ${JSON.stringify(kwargs)}`;
          assert.equal(answer === 'denied', !open, what);
        }
      const call = await throughTheDoor(kind);
      const described = (await call('fields_get', [])) as object;
      assert.equal(field in described, open, `${kind.name} is told of ${field}`);
      const [whole] = (await call('read', [[rows[0]]])) as object[];
      assert.equal(field in whole!, open, `${kind.name} reads ${field} unasked`);
    }
});

test('a field closed on partners is closed on the users made of them', async () => {
  await lay({ name: '', grants: [{ group: null, operations: ['read'] }], rules: [] });
  for (const kind of kinds.filter(({ key }) => !key))
    for (const [field, groups] of Object.entries(closedFields)) {
      // A user has a company of their own.
      if (field === 'company_id') continue;
      const open = groups.some((group) => kind.groups.includes(group));
      const call = await throughTheDoor(kind);
      for (const path of [field, `partner_id.${field}`, `create_uid.${field}`]) {
        const found = call('search', [[[path, '=', 'secret']]], {}, 'res.users');
        assert.equal((await told(found)) === 'denied', !open, `${kind.name} ${path}`);
      }
      const read = call('read', [[people.get(kind)!.id], [field]], {}, 'res.users');
      assert.equal((await told(read)) === 'denied', !open, `${kind.name} reads ${field}`);
    }
});

test('users answer to the rules of partners too', async () => {
  const ids = kinds.map((kind) => people.get(kind)!.id);
  for (const colours of [[0], [1], []]) {
    const rules = [{ groups: [], operations: LETTERS, colours }];
    await lay({ name: '', grants: [{ group: null, operations: ['read'] }], rules });
    for (const kind of kinds.filter(({ key }) => !key)) {
      const call = await throughTheDoor(kind);
      const own = kind.name === 'portal' ? [people.get(kind)!.id] : ids;
      // All people are of colour 0; portal people see themselves alone.
      const seen = colours.includes(0) ? own : [];
      const found = call('search', [[['id', 'in', ids]]], { order: 'id' }, 'res.users');
      await expect(`${kind.name} ${colours.join()}`, found, seen);
    }
  }
});

test('what is secret is compared by nobody', async () => {
  const call = await throughTheDoor(kinds.find(({ name }) => name === 'settings')!);
  for (const field of ['password', 'new_password']) {
    await assert.rejects(call('search', [[[field, '!=', false]]], {}, 'res.users'));
    await assert.rejects(call('search', [[]], { order: field }, 'res.users'));
    await assert.rejects(call('read_group', [[], [], [field]], {}, 'res.users'));
    await assert.rejects(call('search', [[[`user_ids.${field}`, '!=', false]]]));
  }
});

// Last, for what they undo stays in the table until it is vacuumed, and slows deep paths down.

for (const kind of kinds)
  test(`${kind.name}: every right with every rule, through the registry`, async () => {
    for (const scenario of scenarios) {
      await lay(scenario);
      const call = await throughTheDoor(kind);
      await tryReading(call, scenario, kind);
      await tryChanging(call, scenario, kind, false);
    }
  });

test('the same over the wire, for every seventh of them', async () => {
  for (const scenario of scenarios.filter((_one, i) => i % 7 === 3)) {
    await lay(scenario);
    for (const kind of kinds) {
      const call = overTheWire(kind);
      await tryReading(call, scenario, kind);
      await tryChanging(call, scenario, kind, true);
    }
  }
});
