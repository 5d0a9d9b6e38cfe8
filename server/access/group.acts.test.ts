// Groups, rights and rules as their administrators change them; and that a change holds at the very next call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { asMember, openWorld, type World } from '#tests/world.ts';
import { findModel } from '../models/registry.ts';
import type { Caller, Member } from '../store/caller.ts';
import { openStore } from '../store/open.ts';

let world: World;
let caller: Caller;
let admin: Member;
let count = 0;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
});
after(() => world.close());

const person = (...groups: string[]) =>
  world.person(caller, { login: `g${(count += 1)}`, name: `Persoon ${count}`, groups });
const held = async ({ person: { login } }: Member) => (await asMember(caller, login)).person.groups;
const refused = (work: Promise<unknown>, code: string, what = code) =>
  assert.rejects(work, { code }, what);
const group = (who: Member, method: string, ...args: unknown[]) =>
  ask(who, 'res.groups', method, args);
const make = (values: object) => group(admin, 'create', values) as Promise<number>;
const write = (id: number, values: object, who = admin) => group(who, 'write', [id], values);

async function seeded(name: string): Promise<number> {
  const [, id] = (await ask(admin, 'ir.model.data', 'check_object_reference', ['base', name])) as [
    string,
    number,
  ];
  return id;
}
async function externalId(id: number): Promise<string> {
  const row = await caller.db
    .selectFrom('groups')
    .select('external_id')
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.external_id;
}

test('a new implication reaches the members; taking it away leaves them in', async () => {
  const who = await person('user');
  const [buyers, sellers] = [await make({ name: 'Buyers' }), await make({ name: 'Sellers' })];
  await write(buyers, { users: [[4, who.person.id]] });
  await write(buyers, { implied_ids: [[4, sellers]] });
  assert.ok((await held(who)).has(await externalId(sellers)));
  // An implied membership alone is undone in silence.
  await write(sellers, { users: [[3, who.person.id]] });
  assert.ok((await held(who)).has(await externalId(sellers)));
  await write(buyers, { implied_ids: [[3, sellers]] });
  assert.ok((await held(who)).has(await externalId(sellers)));
  await write(sellers, { users: [[3, who.person.id]] });
  assert.ok(!(await held(who)).has(await externalId(sellers)));
  await refused(write(sellers, { implied_ids: [[4, sellers]] }), 'group_circular');
  await write(buyers, { implied_ids: [[4, sellers]] });
  await refused(write(sellers, { implied_ids: [[4, buyers]] }), 'group_circular');
});

test('an implication far below reaches members far above', async () => {
  const who = await person('user');
  const ids = [
    await make({ name: 'Top' }),
    await make({ name: 'Middle' }),
    await make({ name: 'Low' }),
  ];
  await write(ids[0]!, { implied_ids: [[6, 0, [ids[1]]]], users: [[4, who.person.id]] });
  await write(ids[1]!, { implied_ids: [[6, 0, [ids[2]]]] });
  assert.ok((await held(who)).has(await externalId(ids[2]!)));
});

test('members and implications never make a person two types of user', async () => {
  const [who, portia] = [await person('user'), await person('portal')];
  const portal = await seeded('group_portal');
  const internal = await seeded('group_user');
  await refused(write(portal, { users: [[4, who.person.id]] }), 'user_type_unclear');
  await refused(write(internal, { users: [[4, portia.person.id]] }), 'user_type_unclear');
  await refused(write(internal, { users: [[3, who.person.id]] }), 'user_type_unclear');
  await refused(
    make({ name: 'Both', implied_ids: [[6, 0, [internal, portal]]] }),
    'user_type_unclear',
  );
  const friends = await make({ name: 'Friends', users: [[4, portia.person.id]] });
  await refused(write(friends, { implied_ids: [[4, internal]] }), 'user_type_unclear');
});

test('a name is unique in its application; what Huis brings stays', async () => {
  await make({ name: 'Bakers' });
  await refused(make({ name: 'bakers' }), 'group_name_taken');
  await refused(make({ name: '-bakers' }), 'group_name_dash');
  const category_id = await ask(admin, 'ir.module.category', 'create', [{ name: 'Bread' }]);
  const other = await make({ name: 'Bakers', category_id });
  await refused(write(other, { category_id: false }), 'group_name_taken');
  await refused(group(admin, 'unlink', [await seeded('group_portal')]), 'group_seeded');
  const rule = { name: 'Bread', model_id: findModel('res.partner').id, groups: [[4, other]] };
  await ask(admin, 'ir.rule', 'create', [rule]);
  await refused(group(admin, 'unlink', [other]), 'record_in_use');
});

test('whoever was given a right on groups still gives nothing that they do not hold', async () => {
  const clerk = await person('access_rights');
  const grant = {
    name: 'loan',
    model_id: findModel('res.groups').id,
    group_id: await seeded('group_erp_manager'),
  };
  const all = { perm_read: true, perm_write: true, perm_create: true, perm_unlink: true };
  await ask(admin, 'ir.model.access', 'create', [{ ...grant, ...all }]);
  const settings = await seeded('group_system');
  const mine = await make({ name: 'Mine' });
  const boss = await person('settings');
  const me = clerk.person.id;
  await refused(write(settings, { users: [[4, me]] }, clerk), 'group_not_yours');
  await refused(write(mine, { users: [[4, me]] }, clerk), 'group_not_yours');
  await refused(write(settings, { users: [[3, boss.person.id]] }, clerk), 'person_above');
  await refused(write(mine, { implied_ids: [[4, settings]] }, clerk), 'not_allowed');
  await refused(write(mine, { rule_groups: [[5]] }, clerk), 'not_allowed');
  await refused(write(mine, { model_access: [[0, 0, grant]] }, clerk), 'not_allowed');
  await refused(group(clerk, 'unlink', [mine]), 'group_not_yours');
  await refused(
    group(clerk, 'create', { name: 'Theirs', implied_ids: [[4, settings]] }),
    'not_allowed',
  );
  const users = { users: [[1, boss.person.id, { password: 'zeven groene bussen dansen' }]] };
  await refused(write(mine, users, clerk), 'person_above');
});

test('a right on rights is no way up, and no change shuts administrators out', async () => {
  const { login } = (await person('access_rights')).person;
  const rights = (await ask(admin, 'ir.model.access', 'search', [
    [['model_id', '=', findModel('ir.model.access').id]],
  ])) as number[];
  const access = (who: Member, method: string, ...args: unknown[]) =>
    ask(who, 'ir.model.access', method, args);
  const loan = { name: 'loan', model_id: findModel('ir.model.access').id, perm_read: true };
  const group_id = await seeded('group_erp_manager');
  await access(admin, 'create', { ...loan, group_id, perm_write: true, perm_create: true });
  const clerk = await asMember(caller, login);
  await refused(access(clerk, 'create', { ...loan, group_id }), 'not_allowed');
  await refused(access(clerk, 'write', rights, { active: false }), 'not_allowed');
  // The loan is a right of Settings administrators too, since they imply those of access rights.
  await access(admin, 'write', rights, { perm_write: false });
  const loans = (await access(admin, 'search', [
    ['name', '=', 'loan'],
    ['model_id', '=', loan.model_id],
  ])) as number[];
  for (const change of [
    { perm_write: false },
    { active: false },
    { group_id: await seeded('group_portal') },
  ])
    await refused(access(admin, 'write', loans, change), 'rights_lost', JSON.stringify(change));
  await refused(access(admin, 'unlink', loans), 'rights_lost');
  await refused(access(admin, 'create', { ...loan, model_id: 12 }), 'model_unknown');
});

test('a rule that PostgreSQL would not plan, or that hides rights, is never stored', async () => {
  const rule = (model: string, domain_force: string) =>
    ask(admin, 'ir.rule', 'create', [{ model_id: findModel(model).id, domain_force }]);
  for (const text of [
    "[('nothing', '=', 1)]",
    "[('name', '=', user.nothing)]",
    "[('create_date', '>', 'monday')]",
    "[('name', 'is', 1)]",
  ])
    await refused(rule('res.partner', text), 'rule_invalid', text);
  for (const model of ['ir.rule', 'ir.model.access'])
    await refused(rule(model, '[]'), 'rule_invalid', model);
});

test('a change of rights or groups holds at the very next call, in another process too', async () => {
  const house = await world.tenant();
  const chief = house.administrator;
  await world.person(house.caller, { login: 'marie' });
  const elsewhere = await openStore({ databaseUrl: world.store.url, dataFolder: '' });
  try {
    const there = async () =>
      asMember({ ...house.caller, db: elsewhere.tenant(house.caller.tenant.id) }, 'marie');
    const create = async () => ask(await there(), 'res.partner', 'create', [{ name: 'New' }]);
    const refuse = () => refused(create(), 'access_model');
    await refuse();
    const model_id = findModel('res.partner').id;
    const grant = { name: 'now', model_id, perm_create: true };
    const id = await ask(chief, 'ir.model.access', 'create', [grant]);
    await create();
    await ask(chief, 'ir.model.access', 'write', [[id], { active: false }]);
    await refuse();
    const [, managers] = (await ask(chief, 'ir.model.data', 'check_object_reference', [
      ...['base', 'group_partner_manager'],
    ])) as [string, number];
    const marie = (await there()).person.id;
    await ask(chief, 'res.groups', 'write', [[managers], { users: [[4, marie]] }]);
    await create();
    const rule = { name: 'none', model_id, domain_force: "[('id', '=', 0)]", perm_create: true };
    const blocked = await ask(chief, 'ir.rule', 'create', [rule]);
    await refused(create(), 'access_rule');
    await ask(chief, 'ir.rule', 'unlink', [[blocked]]);
    await create();
    await ask(chief, 'res.groups', 'write', [[managers], { users: [[3, marie]] }]);
    await refuse();
  } finally {
    await elsewhere.close();
  }
});
