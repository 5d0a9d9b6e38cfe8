// The registry from the outside of its door: calls as clients make them, on the real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { models } from '#server/catalogue.ts';
import { openWorld, asMember, type World } from '#tests/world.ts';
import type { Caller, Member } from '../store/caller.ts';
import { execute } from './execute.ts';
import { declareModels } from './registry.ts';

let world: World;
let caller: Caller;
let admin: Member;
let marie: Member;

const ids = new Map<string, number>();

async function call<T = unknown>(
  who: Member,
  model: string,
  method: string,
  args: unknown[] = [],
  kwargs: Record<string, unknown> = {},
): Promise<T> {
  return (await execute(who, { model, method, args, kwargs })) as T;
}

const names = async (domain: unknown, kwargs: Record<string, unknown> = {}, who = admin) =>
  (
    await call<{ name: string }[]>(who, 'res.partner', 'search_read', [domain], {
      fields: ['name'],
      ...kwargs,
    })
  ).map(({ name }) => name);

const TEST = ['ref', '=', 'test'];

before(async () => {
  declareModels(models);
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  marie = await world.person(caller, { login: 'marie@example.be', name: 'Marie Interne' });
  const [label] = await call<number[]>(admin, 'res.partner.category', 'create', [
    [{ name: 'Member' }],
  ]);
  const people = [
    { name: 'Ferme du Nord', is_company: true, ref: 'test', city: 'Liège' },
    {
      name: 'Élodie Maréchal',
      ref: 'test',
      email: 'elodie@example.be',
      category_id: [[6, 0, [label]]],
    },
    { name: 'Zoé Peeters', ref: 'test', color: 3 },
    { name: 'Archived Old', ref: 'test', active: false },
  ];
  const made = await call<number[]>(admin, 'res.partner', 'create', [people]);
  people.forEach(({ name }, i) => ids.set(name, made[i]!));
  await call(admin, 'res.partner', 'write', [
    [ids.get('Élodie Maréchal')],
    { parent_id: ids.get('Ferme du Nord') },
  ]);
});
after(() => world.close());

const wanted: [string, unknown[], string[]][] = [
  ['equality', [['name', '=', 'Zoé Peeters']], ['Zoé Peeters']],
  ['ilike passes over case and accents', [['name', 'ilike', 'marechal']], ['Élodie Maréchal']],
  ['like minds case', [['name', 'like', 'zoé']], []],
  [
    'not ilike includes the unset',
    [TEST, ['email', 'not ilike', 'elodie']],
    ['Ferme du Nord', 'Zoé Peeters'],
  ],
  ['=ilike takes the pattern as it is', [TEST, ['name', '=ilike', 'zoe%']], ['Zoé Peeters']],
  ['unset text', [TEST, ['email', '=', false]], ['Ferme du Nord', 'Zoé Peeters']],
  [
    '!= includes the unset',
    [TEST, ['email', '!=', 'elodie@example.be']],
    ['Ferme du Nord', 'Zoé Peeters'],
  ],
  ['an unset number is 0', [TEST, ['color', '=', 0]], ['Ferme du Nord', 'Élodie Maréchal']],
  ['order of numbers', [TEST, ['color', '>', 2]], ['Zoé Peeters']],
  [
    'in with false is also the unset',
    [TEST, ['city', 'in', ['Liège', false]]],
    ['Ferme du Nord', 'Élodie Maréchal', 'Zoé Peeters'],
  ],
  ['in nothing is nobody', [TEST, ['name', 'in', []]], []],
  [
    'not in nothing is everybody',
    [TEST, ['name', 'not in', []]],
    ['Ferme du Nord', 'Élodie Maréchal', 'Zoé Peeters'],
  ],
  [
    '=? without a value is everybody',
    [TEST, ['color', '=?', false], ['name', 'ilike', 'zoe']],
    ['Zoé Peeters'],
  ],
  [
    'prefix or, and and not',
    [
      TEST,
      '|',
      ['name', '=', 'Zoé Peeters'],
      '&',
      ['is_company', '=', true],
      '!',
      ['city', '=', 'Gent'],
    ],
    ['Ferme du Nord', 'Zoé Peeters'],
  ],
  ['a path', [['parent_id.city', '=', 'Liège']], ['Élodie Maréchal']],
  ['a record by its name', [['parent_id', 'ilike', 'ferme']], ['Élodie Maréchal']],
  ['any', [['category_id', 'any', [['name', '=', 'Member']]]], ['Élodie Maréchal']],
  [
    'not any includes the unset',
    [TEST, ['parent_id', 'not any', [['city', '=', 'Liège']]]],
    ['Ferme du Nord', 'Zoé Peeters'],
  ],
  ['a list holds none', [TEST, ['category_id', '=', false]], ['Ferme du Nord', 'Zoé Peeters']],
  [
    'child_of by name, itself included',
    [['id', 'child_of', 'Ferme']],
    ['Ferme du Nord', 'Élodie Maréchal'],
  ],
  ['archived ones when asked for', [TEST, ['active', '=', false]], ['Archived Old']],
  [
    'a date’s part',
    [TEST, ['create_date.year_number', '>', 2000], ['color', '=', 3]],
    ['Zoé Peeters'],
  ],
];
for (const [what, domain, expected] of wanted)
  test(`a domain: ${what}`, async () => {
    assert.deepEqual((await names(domain)).sort(), [...expected].sort());
  });

test('parent_of walks up', async () => {
  const up = await names([['id', 'parent_of', [ids.get('Élodie Maréchal')]]]);
  assert.deepEqual(up.sort(), ['Ferme du Nord', 'Élodie Maréchal']);
});

test('a malformed domain, an unknown field or a bad order is refused by its code', async () => {
  const refused: [unknown, string, Record<string, unknown>?][] = [
    [['|', TEST], 'domain_invalid'],
    [[['name', 'IN', []]], 'domain_invalid'],
    [[['name', '=']], 'domain_invalid'],
    [[['nope', '=', 1]], 'field_unknown'],
    [[['name.x', '=', 1]], 'domain_invalid'],
    [[['create_date', '>', 'x']], 'domain_invalid'],
    [[['id', '=', {}]], 'domain_invalid'],
    [[], 'order_invalid', { order: 'name; drop table users' }],
    [[], 'field_unknown', { order: 'nope' }],
  ];
  for (const [domain, code, kwargs] of refused)
    await assert.rejects(names(domain, kwargs), { code }, JSON.stringify([domain, kwargs]));
});

test('order and page follow each other without overlap, accents sorted where a reader looks', async () => {
  const all = await names([TEST], { order: 'name desc' });
  assert.deepEqual(all, ['Zoé Peeters', 'Ferme du Nord', 'Élodie Maréchal']);
  const pages = await Promise.all(
    [0, 1, 2].map((offset) => names([TEST], { order: 'name desc', offset, limit: 1 })),
  );
  assert.deepEqual(pages.flat(), all);
});

test('read answers in the asked order, repeats, leaves out what is gone, and shows links', async () => {
  const elodie = ids.get('Élodie Maréchal')!;
  const ferme = ids.get('Ferme du Nord')!;
  const rows = await call<Record<string, unknown>[]>(admin, 'res.partner', 'read', [
    [elodie, ferme, 2 ** 30, elodie],
    ['parent_id', 'child_ids', 'email', 'color', 'firstname', 'lastname'],
  ]);
  assert.deepEqual(
    rows.map(({ id }) => id),
    [elodie, ferme, elodie],
  );
  assert.deepEqual(rows[0]!.parent_id, [ferme, 'Ferme du Nord']);
  assert.deepEqual(rows[1]!.child_ids, [elodie]);
  assert.equal(rows[1]!.email, false);
  assert.equal(rows[0]!.firstname, 'Élodie');
  assert.equal(rows[0]!.lastname, 'Maréchal');
});

test('the name and its parts say the same, whichever is written', async () => {
  const id = await call<number>(admin, 'res.partner', 'create', [
    { firstname: 'An', lastname: 'Van Dam' },
  ]);
  const read = async () =>
    (
      await call<Record<string, unknown>[]>(admin, 'res.partner', 'read', [
        [id],
        ['name', 'firstname', 'lastname'],
      ])
    )[0];
  assert.deepEqual(await read(), { id, name: 'An Van Dam', firstname: 'An', lastname: 'Van Dam' });
  await call(admin, 'res.partner', 'write', [[id], { name: 'Els De Smet' }]);
  assert.deepEqual(await read(), {
    id,
    name: 'Els De Smet',
    firstname: 'Els',
    lastname: 'De Smet',
  });
});

test('a user reads and writes what lives on their partner', async () => {
  await call(admin, 'res.users', 'write', [
    [marie.person.id],
    { email: 'm@example.be', tz: 'Europe/Paris' },
  ]);
  const [row] = await call<Record<string, unknown>[]>(admin, 'res.users', 'read', [
    [marie.person.id],
    ['name', 'email', 'tz', 'login', 'partner_id'],
  ]);
  assert.equal(row!.email, 'm@example.be');
  assert.equal(row!.tz, 'Europe/Paris');
  assert.deepEqual(row!.partner_id, [marie.person.partnerId, 'Marie Interne']);
});

test('translated text is read in the language of the context', async () => {
  const id = await call<number>(admin, 'res.partner.category', 'create', [{ name: 'Volunteer' }]);
  await call(admin, 'res.partner.category', 'write', [[id], { name: 'Bénévole' }], {
    context: { lang: 'fr_FR' },
  });
  const inLanguage = async (lang: string) =>
    (
      await call<{ name: string }[]>(admin, 'res.partner.category', 'read', [[id], ['name']], {
        context: { lang },
      })
    )[0]!.name;
  assert.equal(await inLanguage('en_US'), 'Volunteer');
  assert.equal(await inLanguage('fr_BE'), 'Bénévole');
});

test('read_group counts by a link, lazily, and tells the domain of each group', async () => {
  const groups = await call<Record<string, unknown>[]>(admin, 'res.partner', 'read_group', [
    [TEST],
    ['color'],
    ['parent_id'],
  ]);
  const ferme = ids.get('Ferme du Nord');
  const mine = groups.find(({ parent_id }) => Array.isArray(parent_id));
  assert.deepEqual(mine!.parent_id, [ferme, 'Ferme du Nord']);
  assert.equal(mine!.parent_id_count, 1);
  assert.deepEqual(await names(mine!.__domain), ['Élodie Maréchal']);
});

test('a date group’s domain finds its records again', async () => {
  const groups = await call<Record<string, unknown>[]>(admin, 'res.partner', 'read_group', [
    [TEST],
    [],
    ['create_date:day'],
  ]);
  assert.equal(groups.length, 1);
  assert.equal(groups[0]!.create_date_count, 3);
  assert.equal((await names(groups[0]!.__domain)).length, 3);
});

test('commands create, change, unlink and replace what is linked', async () => {
  const id = await call<number>(admin, 'res.partner', 'create', [
    {
      name: 'Head',
      is_company: true,
      child_ids: [
        [0, 0, { name: 'One' }],
        [0, 0, { name: 'Two' }],
      ],
    },
  ]);
  const children = async () =>
    await call<{ name: string; id: number }[]>(
      admin,
      'res.partner',
      'search_read',
      [[['parent_id', '=', id]]],
      { fields: ['name'] },
    );
  const [one, two] = await children();
  await call(admin, 'res.partner', 'write', [
    [id],
    {
      child_ids: [
        [1, one!.id, { name: 'Uno' }],
        [3, two!.id],
      ],
    },
  ]);
  assert.deepEqual(
    (await children()).map(({ name }) => name),
    ['Uno'],
  );
  await call(admin, 'res.partner', 'write', [[id], { child_ids: [[6, 0, [two!.id]]] }]);
  assert.deepEqual(
    (await children()).map(({ name }) => name),
    ['Two'],
  );
});

test('a call is all or nothing', async () => {
  await assert.rejects(
    call(admin, 'res.partner', 'create', [[{ name: 'Half done', ref: 'half' }, { ref: 'half' }]]),
    { code: 'value_required' },
  );
  assert.deepEqual(await names([['ref', '=', 'half']]), []);
});

test('what is not there is missing, what is in use stays, private and unknown methods are no methods', async () => {
  const gone = 2 ** 30;
  const refused: [string, unknown[], string][] = [
    ['write', [[gone], { name: 'x' }], 'record_missing'],
    ['unlink', [[gone]], 'record_missing'],
    ['write', [[ids.get('Zoé Peeters')], { nope: 1 }], 'field_unknown'],
    ['write', [[ids.get('Zoé Peeters')], { color: 'x' }], 'value_invalid'],
    ['write', [[ids.get('Zoé Peeters')], { type: 'nope' }], 'value_invalid'],
    ['write', ['x', {}], 'arguments_wrong'],
    ['_search', [[]], 'method_private'],
    ['nope', [[]], 'method_unknown'],
    ['search', [], 'arguments_wrong'],
  ];
  for (const [method, args, code] of refused)
    await assert.rejects(call(admin, 'res.partner', method, args), { code }, `${method} ${code}`);
  await assert.rejects(call(admin, 'no.model', 'search', [[]]), { code: 'model_unknown' });
});

test('one statement a search, a read and a count', async () => {
  let statements = 0;
  const counting = caller.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const who = { ...(await asMember(caller, 'admin')), db: counting };
  // Rights are read once a change; from then on they are in memory.
  await call(who, 'res.partner', 'search_count', [[]]);
  const runs: [string, unknown[]][] = [
    [
      'search_read',
      [[['parent_id.city', '=', 'Liège']], ['name', 'parent_id', 'category_id', 'child_ids']],
    ],
    ['name_search', ['mar']],
    ['read_group', [[], [], ['parent_id']]],
    ['read', [[ids.get('Zoé Peeters')], ['name', 'user_ids']]],
    ['search_count', [[]]],
  ];
  for (const [method, args] of runs) {
    statements = 0;
    await call(who, 'res.partner', method, args);
    assert.equal(statements, 1, method);
  }
});
