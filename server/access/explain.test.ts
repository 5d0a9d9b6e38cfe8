// Explaining agrees with what the registry does, and says why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { huis } from '#tests/console.ts';
import { openWorld, type World } from '#tests/world.ts';
import type { Caller, Member } from '../store/caller.ts';
import { explain } from './explain.ts';

let world: World;
let caller: Caller;
let admin: Member;
let clerk: Member;
let marie: Member;
let portia: Member;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  clerk = await world.person(caller, { login: 'clerk', name: 'Karel', groups: ['access_rights'] });
  marie = await world.person(caller, { login: 'marie', name: 'Marie' });
  portia = await world.person(caller, { login: 'portia', name: 'Portia', portal: true });
});
after(() => world.close());

const answer = async (login: string, model: string, operation: string, id?: number) => {
  const told = await explain(clerk, { login, model, ...(id === undefined ? {} : { id }) });
  return { told, one: told.answers.find((one) => one.operation === operation)! };
};

test('a right is told with the way to it, and its absence with the groups that would give it', async () => {
  const { one } = await answer('clerk', 'res.partner', 'read');
  assert.equal(one.allowed, true);
  const [ground] = one.grounds.filter(({ group }) => group === 'base.group_user');
  assert.deepEqual(ground?.path, ['Access Rights', 'Internal User']);
  const { one: none, told } = await answer('marie', 'res.partner', 'create');
  assert.deepEqual([none.allowed, none.wanting], [false, ['base.group_partner_manager']]);
  assert.ok(
    told.sentences.some((text) => text.includes('Contact Creation')),
    told.sentences.join('\n'),
  );
});

test('a rule is told with its text and what it says of the record', async () => {
  const { partnerId } = portia.person;
  const mine = await answer('portia', 'res.partner', 'read', partnerId);
  assert.equal(mine.one.allowed, true);
  const others = await answer('portia', 'res.partner', 'read', marie.person.partnerId);
  assert.equal(others.one.allowed, false);
  const stops = others.one.rules.filter(({ passes }) => passes === false);
  assert.deepEqual(
    stops.map(({ name, global }) => [name, global]),
    [['res.partner portal: own organisation, and the co-operative itself', false]],
  );
  assert.ok(
    others.told.sentences.includes(`So Portia cannot read record ${marie.person.partnerId}.`),
  );
  const gone = await answer('portia', 'res.partner', 'read', 99_999);
  assert.deepEqual([gone.told.there, gone.one.allowed], [false, false]);
});

test('the rules of a delegate count too; own and more powerful accounts are told', async () => {
  const own = await answer('portia', 'res.users', 'read', portia.person.id);
  assert.deepEqual([own.one.allowed, own.told.own, own.told.above], [true, true, false]);
  assert.ok(own.one.rules.some(({ model }) => model === 'res.partner'));
  const above = await answer('clerk', 'res.users', 'write', admin.person.id);
  assert.deepEqual([above.told.own, above.told.above], [false, true]);
  const hidden = above.told.hiddenFields.map(({ name }) => name);
  assert.ok(hidden.includes('log_ids'));
});

test('what is told is what happens, for every model and kind of person', async () => {
  for (const who of [clerk, marie, portia])
    for (const model of ['res.partner', 'res.users', 'res.groups', 'ir.rule', 'res.company']) {
      const { one } = await answer(who.person.login, model, 'read');
      const right = await ask(who, model, 'check_access_rights', ['read', false]);
      assert.equal(one.allowed, right, `${who.person.login} ${model}`);
      const [id] = (await ask(admin, model, 'search', [[]], { limit: 1 })) as number[];
      const told = await explain(clerk, { login: who.person.login, model, id });
      for (const { operation, allowed } of told.answers.filter((one) => one.operation !== 'create'))
        assert.equal(
          allowed,
          await ask(who, model, 'has_access', [[id], operation]),
          `${who.person.login} ${operation} ${model} ${id}`,
        );
    }
});

test('only who may see rights may ask, in their language', async () => {
  const question = { login: 'marie', model: 'res.partner' };
  await assert.rejects(explain(marie, question), { code: 'not_allowed' });
  await assert.rejects(explain(clerk, { ...question, login: 'x' }), { code: 'user_unknown' });
  await assert.rejects(explain(clerk, { ...question, model: 'x' }), { code: 'model_unknown' });
  const { sentences } = await explain({ ...clerk, language: 'fr_BE' }, question);
  assert.match(sentences[0]!, /^Marie peut lire «\u00a0Contact\u00a0»\u00a0: /);
});

test('the console tells it in words and as JSON', async () => {
  const env = { DATABASE_URL: world.store.url };
  const { partnerId } = marie.person;
  const args = [
    'access',
    'explain',
    caller.tenant.name,
    'portia',
    'res.partner',
    String(partnerId),
  ];
  const { code, out, err } = await huis(args, { env });
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, new RegExp(`^Portia \\(portia\\), res.partner ${partnerId}:\n  read    no\n`));
  assert.match(out, new RegExp(`So Portia cannot read record ${partnerId}\\.`));
  const json = await huis([...args, '--json'], { env });
  assert.equal((JSON.parse(json.out) as { there: boolean }).there, true);
  const wrong = await huis(['access', 'explain', caller.tenant.name, 'nobody', 'res.partner'], {
    env,
  });
  assert.deepEqual([wrong.code, wrong.err], [1, 'Nobody here has the login nobody.\n']);
});
