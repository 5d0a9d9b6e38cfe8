// Reading and saving by a specification, as Odoo's web client asks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { openWorld, type World } from '#tests/world.ts';
import type { Member } from '../store/caller.ts';

let world: World;
let admin: Member;
let portal: Member;
let farm: number;
let child: number;

before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  admin = administrator;
  portal = await world.person(caller, { login: 'paul', portal: true });
  const made = (parts: object[]) => ask(admin, 'res.partner', 'create', [parts]);
  [farm] = (await made([{ name: 'Ferme du Nord', city: 'Namur' }])) as [number];
  [child] = (await made([{ name: 'Zoé', parent_id: farm, email: 'zoe@example.be' }])) as [number];
});
after(() => world.close());

const linked = { parent_id: { fields: { display_name: {}, city: {} } }, email: {} };

test('links come as records, as deep as was asked', async () => {
  const [row] = (await ask(admin, 'res.partner', 'web_read', [[child]], {
    specification: { ...linked, child_ids: {}, user_ids: { fields: { login: {} } } },
  })) as object[];
  assert.deepEqual(row, {
    id: child,
    email: 'zoe@example.be',
    parent_id: { id: farm, display_name: 'Ferme du Nord', city: 'Namur' },
    child_ids: [],
    user_ids: [],
  });
});

test('a link without anybody at its end is false, a list without fields is numbers', async () => {
  const specification = { parent_id: { fields: {} }, child_ids: {} };
  const [row] = (await ask(admin, 'res.partner', 'web_read', [[farm]], {
    specification,
  })) as object[];
  assert.deepEqual(row, { id: farm, parent_id: false, child_ids: [child] });
});

test('a search answers a page and how many there are in all', async () => {
  const found = await ask(admin, 'res.partner', 'web_search_read', [], {
    domain: [['id', 'in', [farm, child]]],
    specification: { name: {} },
    limit: 1,
    order: 'name',
  });
  assert.deepEqual(found, { length: 2, records: [{ id: farm, name: 'Ferme du Nord' }] });
});

test('saving makes or changes, and answers what was asked for', async () => {
  const save = (ids: number[], vals: object) =>
    ask(admin, 'res.partner', 'web_save', [ids, vals], { specification: { name: {} } });
  const [made] = (await save([], { name: 'Neuve' })) as { id: number; name: string }[];
  assert.equal(made!.name, 'Neuve');
  assert.deepEqual(await save([made!.id], { name: 'Vieille' }), [
    { id: made!.id, name: 'Vieille' },
  ]);
});

test('nobody reads further along a link than they may', async () => {
  const specification = { partner_id: { fields: { name: {}, user_ids: { fields: {} } } } };
  const { id } = portal.person;
  await assert.rejects(
    ask(portal, 'res.users', 'web_read', [[admin.person.id]], { specification }),
    { code: 'access_rule' },
  );
  const [own] = (await ask(portal, 'res.users', 'web_read', [[id]], { specification })) as object[];
  assert.deepEqual((own as { partner_id: { user_ids: unknown } }).partner_id.user_ids, [{ id }]);
  const groups = { groups_id: { fields: { name: {} } } };
  const [row] = (await ask(portal, 'res.users', 'web_read', [[id]], {
    specification: groups,
  })) as object[];
  assert.deepEqual(row, { id, groups_id: [] });
});

test('what is no specification is refused, and so is an endless one', async () => {
  const refused = (specification: unknown) =>
    assert.rejects(ask(admin, 'res.partner', 'web_read', [[farm]], { specification }), {
      code: 'arguments_wrong',
    });
  await refused(null);
  await refused({ name: 'x' });
  await refused({ name: { fields: [] } });
  let deep: object = {};
  for (let i = 0; i < 20; i++) deep = { parent_id: { fields: deep } };
  await refused(deep);
});

test('groups come with their number', async () => {
  const grouped = (await ask(admin, 'res.partner', 'web_read_group', [], {
    domain: [['id', 'in', [farm, child]]],
    fields: [],
    groupby: ['parent_id'],
    limit: 1,
  })) as { groups: unknown[]; length: number };
  assert.equal(grouped.groups.length, 1);
  assert.equal(grouped.length, 2);
});
