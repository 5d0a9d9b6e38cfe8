// What a new database starts with, and that a later version never overrules its administrator.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asMember, openWorld, type World } from '#tests/world.ts';
import type { Caller } from '../store/caller.ts';
import { upgradeTenants } from '../tenants/upgrade.ts';
import { installAccess } from './install.ts';

let world: World;
before(async () => (world = await openWorld()));
after(() => world.close());

/** All rows that come with the offer, by what tells them apart. */
async function rows({ db, tenant }: Caller) {
  const of = async (table: 'group_categories' | 'groups' | 'model_access' | 'record_rules') =>
    db.selectFrom(table).selectAll().where('tenant', '=', tenant.id).orderBy('id').execute();
  return {
    categories: await of('group_categories'),
    groups: await of('groups'),
    rights: await of('model_access'),
    rules: await of('record_rules'),
  };
}

test('a new database has groups in categories, rights and rules', async () => {
  const { caller, administrator } = await world.tenant();
  const { categories, groups, rights, rules } = await rows(caller);
  assert.equal(categories.length, 4);
  assert.ok(groups.every((group) => 'category_id' in group && group.category_id !== null));
  assert.ok(
    rights.some((right) => 'name' in right && right.name === 'res.partner base.group_user'),
  );
  assert.ok(rules.some((rule) => 'name' in rule && rule.name === 'res.partner company'));
  const held = administrator.person.groups;
  for (const name of ['user', 'no_one', 'erp_manager', 'system', 'allow_export', 'partner_manager'])
    assert.ok(held.has(`base.group_${name}`), name);
});

test('a second time changes nothing, not even what was changed or deleted meanwhile', async () => {
  const { caller } = await world.tenant();
  const { db, tenant } = caller;
  await db
    .deleteFrom('model_access')
    .where('tenant', '=', tenant.id)
    .where('name', '=', 'res.country everybody')
    .execute();
  await db
    .updateTable('record_rules')
    .set({ domain_force: '[]' })
    .where('tenant', '=', tenant.id)
    .where('name', '=', 'res.partner company')
    .execute();
  await db
    .updateTable('groups')
    .set({ key_days: 7 })
    .where('tenant', '=', tenant.id)
    .where('external_id', '=', 'base.group_user')
    .execute();
  const before = await rows(caller);
  await installAccess(caller);
  assert.deepEqual(await rows(caller), before);
});

test('a database of the first version gets what it lacks, and its administrators the new groups', async () => {
  const { caller } = await world.tenant();
  const { db, tenant } = caller;
  // As 0001 left it: five groups and their implications, nothing else.
  const kept = ['no_one', 'user', 'portal', 'erp_manager', 'system'].map(
    (one) => `base.group_${one}`,
  );
  await db.deleteFrom('model_access').where('tenant', '=', tenant.id).execute();
  await db.deleteFrom('record_rules').where('tenant', '=', tenant.id).execute();
  await db
    .deleteFrom('groups')
    .where('tenant', '=', tenant.id)
    .where('external_id', 'not in', kept)
    .execute();
  await db
    .updateTable('groups')
    .set({ category_id: null, share: false, key_days: 0 })
    .where('tenant', '=', tenant.id)
    .execute();
  await db.deleteFrom('group_categories').where('tenant', '=', tenant.id).execute();
  await db.updateTable('tenants').set({ offered: '[]' }).where('id', '=', tenant.id).execute();

  assert.ok((await upgradeTenants(world.store)) >= 1);
  const { person } = await asMember(caller, 'admin');
  assert.ok(person.groups.has('base.group_allow_export'));
  assert.ok(person.groups.has('base.group_partner_manager'));
  const { groups, rights } = await rows(caller);
  assert.equal(groups.length, 9);
  assert.ok(rights.length > 20);
  const again = await rows(caller);
  await upgradeTenants(world.store);
  assert.deepEqual(await rows(caller), again);
});
