// Every declared model does what the registry promises: each field reads, sorts and filters in SQL that
// PostgreSQL takes, for every kind of person.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { isRefusal } from './kernel/refusal.ts';
import { execute } from './models/execute.ts';
import { declaredModels } from './models/registry.ts';
import type { Member } from './store/caller.ts';

let world: World;
let people: Member[];

before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  const internal = await world.person(caller, { login: 'ines' });
  people = [administrator, internal, await world.person(caller, { login: 'paul', portal: true })];
});
after(() => world.close());

const call = (who: Member, model: string, method: string, args: unknown[], kwargs = {}) =>
  execute(who, { model, method, args, kwargs });

/** A refusal is an answer; anything else is a fault of the declaration. */
async function answered(promise: Promise<unknown>, what: string): Promise<void> {
  await promise.catch((error: unknown) => assert.ok(isRefusal(error), `${what}: ${String(error)}`));
}

test('every model reads whole, in every shipped language', async () => {
  for (const { name } of declaredModels())
    for (const who of people)
      for (const lang of ['en_US', 'fr_BE', 'de_DE'])
        await answered(call(who, name, 'search_read', [], { limit: 3, context: { lang } }), name);
});

test('every field sorts, filters and is described', async () => {
  for (const model of declaredModels())
    for (const who of people)
      for (const field of model.all.values()) {
        const what = `${model.name}.${field.name}`;
        const order = `${field.name} desc`;
        await answered(call(who, model.name, 'search', [[]], { order, limit: 2 }), what);
        const domain = [[field.name, '=', false]];
        await answered(call(who, model.name, 'search', [domain], { limit: 2 }), what);
      }
});

test('an administrator may read every model there is', async () => {
  for (const { name } of declaredModels())
    assert.ok(Array.isArray(await call(people[0]!, name, 'search_read', [], { limit: 1 })), name);
});

test('a portal person sees themselves, their co-operative, and nobody else', async () => {
  const portal = people[2]!;
  const users = (await call(portal, 'res.users', 'search', [[]])) as number[];
  assert.deepEqual(users, [portal.person.id]);
  const partners = await call(portal, 'res.partner', 'search_read', [[]], { fields: ['name'] });
  assert.deepEqual(
    (partners as { name: string }[]).map(({ name }) => name),
    ['Les Petits Pots', 'paul'],
  );
  await assert.rejects(call(portal, 'res.groups', 'search', [[]]), { code: 'access_model' });
});
