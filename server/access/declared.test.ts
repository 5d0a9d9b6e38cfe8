// Rights, rules, models and external ids as records.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import { findModel } from '../models/registry.ts';
import type { Member } from '../store/caller.ts';

let world: World;
let admin: Member;
let ines: Member;
before(async () => {
  world = await openWorld();
  const made = await world.tenant();
  admin = made.administrator;
  ines = await world.person(made.caller, { login: 'ines' });
});
after(() => world.close());

const call = (who: Member, model: string, method: string, ...args: unknown[]) =>
  execute(who, { model, method, args, kwargs: {} });

test('a rule that cannot be read, or is about rules, is never stored', async () => {
  const model_id = findModel('res.partner').id;
  const make = (values: object) => call(admin, 'ir.rule', 'create', { model_id, ...values });
  for (const domain_force of ['[', "[('a', '=', __import__('os'))]", 'user.browse(1)'])
    await assert.rejects(make({ domain_force }), { code: 'rule_invalid' }, domain_force);
  await assert.rejects(make({ model_id: findModel('ir.rule').id }), { code: 'rule_invalid' });
  const id = (await make({ name: 'ok', domain_force: "[('color', '=', 3)]" })) as number;
  await assert.rejects(call(admin, 'ir.rule', 'write', [id], { domain_force: '(' }), {
    code: 'rule_invalid',
  });
  await call(admin, 'ir.rule', 'write', [id], { domain_force: false });
  const [row] = (await call(admin, 'ir.rule', 'read', [id])) as Record<string, unknown>[];
  assert.equal(row!.domain_force, '[]');
  assert.equal(row!.global, true);
});

test('an Access Rights administrator reads groups and rights, and redefines none', async () => {
  const { caller } = await world.tenant();
  const anne = await world.person(caller, { login: 'anne', groups: ['access_rights'] });
  for (const model of ['res.groups', 'ir.model.access', 'ir.rule', 'ir.module.category']) {
    const [id] = (await call(anne, model, 'search', [])) as number[];
    assert.ok(id, model);
    await assert.rejects(call(anne, model, 'write', [id], { name: 'x' }), { status: 403 }, model);
  }
});

test('models and fields are records under the numbers that rights name', async () => {
  const [row] = (await call(admin, 'ir.model', 'search_read', [
    ['model', '=', 'res.users'],
  ])) as Record<string, unknown>[];
  assert.equal(row!.id, findModel('res.users').id);
  assert.ok((row!.field_id as number[]).length > 40);
  assert.ok((row!.access_ids as number[]).length >= 3);
});

test('an external id leads to its record, if the asker may read it', async () => {
  const check = (who: Member, ...args: unknown[]) =>
    call(who, 'ir.model.data', 'check_object_reference', ...args);
  assert.deepEqual(await check(ines, 'base', 'main_company'), [
    'res.company',
    ines.person.companyId,
  ]);
  const [model, id] = (await check(admin, 'base', 'group_user')) as [string, number];
  assert.deepEqual([model, id > 0], ['res.groups', true]);
  assert.deepEqual(await check(ines, 'base', 'group_user'), ['res.groups', false]);
  await assert.rejects(check(ines, 'base', 'group_user', true), { code: 'access_model' });
  await assert.rejects(check(ines, 'base', 'nothing'), { code: 'external_id_unknown' });
  assert.deepEqual(await check(ines, 'base', 'lang_fr_BE', true), ['res.lang', 2]);
});
