// Passwords that administrators set: by each policy, by screens and over the wire; and what one must do with them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { asMember, openWorld, PASSWORD, type World } from '#tests/world.ts';
import { makeKey, type KeyWish } from '../api-keys/keys.ts';
import { makeLinks, readLink } from '../links/links.ts';
import { listNotices } from '../notices/notices.ts';
import { signIn } from '../sign-in/password.ts';
import { recogniseProgram } from '../sign-in/programs.ts';
import { recognise } from '../sign-in/sessions.ts';
import type { Caller, Member } from '../store/caller.ts';
import { giveByHand, handOffer, type HandPolicy } from './by-hand.ts';
import { chooseOwn } from './choose.ts';

let world: World;
let caller: Caller;
let admin: Member;
/** Access rights, not settings. */
let clerk: Member;
let count = 0;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  clerk = await person({ groups: ['access_rights'] });
});
after(() => world.close());
beforeEach(() => rule('change'));

const GIVEN = 'zeven groene bussen dansen';
const OWN = 'acht gele treinen lachen';
const id = ({ person }: Member) => person.id;

async function person(wish: object = {}): Promise<Member> {
  const login = `p${(count += 1)}@example.be`;
  return world.person(caller, { login, name: `Persoon ${count}`, ...wish });
}
async function rule(policy: HandPolicy): Promise<void> {
  await caller.db
    .updateTable('tenants')
    .set({ hand_passwords: policy })
    .where('id', '=', caller.tenant.id)
    .execute();
}
const give = (who: Member, ...people: Member[]) =>
  giveByHand(
    who,
    people.map((one) => ({ id: id(one), password: GIVEN })),
  );
const enter = ({ person: { login } }: Member, password: string) =>
  signIn(caller, world.secret, { login, password, device: null });
async function session(who: Member, password: string) {
  const { token } = await enter(who, password);
  const found = await recognise(caller.db, caller.tenant.id, token, new Date());
  return { token, found, member: { ...who, person: found!.person } as Member };
}
const program = ({ person: { login } }: Member, value: string, method = 'read') =>
  recogniseProgram(caller, world.secret, { login }, {
    ...{ value, protocol: 'jsonrpc', model: 'res.users', method },
  } as never);

test('a password by hand ends sessions and links, is told and traced, and is good for one sign-in', async () => {
  const who = await person();
  const { token } = await session(who, PASSWORD);
  const [link] = await makeLinks(caller, [{ userId: id(who), purpose: 'reset', way: 'mail' }]);
  assert.equal(await give(clerk, who), 1);
  assert.equal(await recognise(caller.db, caller.tenant.id, token, new Date()), null);
  await assert.rejects(readLink(caller, link!.token), { code: 'link_dead' });
  assert.equal((await listNotices(who))[0]!.kind, 'password_given');
  const events = await caller.db
    .selectFrom('account_events')
    .select(['kind', 'actor_id'])
    .where('user_id', '=', id(who))
    .execute();
  assert.deepEqual(events, [{ kind: 'password_given', actor_id: id(clerk) }]);
  await assert.rejects(enter(who, PASSWORD), { code: 'wrong_pair' });
  const { found } = await session(who, GIVEN);
  assert.equal(found!.mustChange, true);
});

test('whoever must choose another password chooses it: not the same, and once', async () => {
  const who = await person();
  await give(admin, who);
  const { member } = await session(who, GIVEN);
  const choose = (password: string, repeated = password) =>
    chooseOwn(member, { password, repeated });
  await assert.rejects(choose(GIVEN), { code: 'password_same' });
  await assert.rejects(choose(''), { code: 'password_missing' });
  await assert.rejects(choose(OWN, GIVEN), { code: 'passwords_differ' });
  await assert.rejects(choose('kort'), { code: 'password_too_short' });
  const token = await choose(OWN);
  const after = await recognise(caller.db, caller.tenant.id, token, new Date());
  assert.equal(after!.mustChange, false);
  await assert.rejects(choose('negen bruine schepen zwemmen'), { code: 'password_chosen' });
  await assert.rejects(enter(who, GIVEN), { code: 'wrong_pair' });
  const free = await person();
  const { member: other } = await session(free, PASSWORD);
  await assert.rejects(chooseOwn(other, { password: OWN, repeated: OWN }), {
    code: 'password_chosen',
  });
});

test('programs are refused with such a password, but may change it; a key goes on', async () => {
  const who = await person();
  const { key } = await makeKey(who, world.secret, {
    ...{ name: 'Site web', lasts: '30', until: '', scope: 'all', models: [], readOnly: false },
    ...{ addresses: '', proof: PASSWORD },
  } as KeyWish);
  await give(admin, who);
  assert.equal((await program(who, key)).person.id, id(who));
  await assert.rejects(program(who, GIVEN), { code: 'password_must_change' });
  await assert.rejects(program(who, PASSWORD), { code: 'wrong_pair' });
  const member = await program(who, GIVEN, 'change_password');
  await ask(member, 'res.users', 'change_password', [GIVEN, OWN]);
  assert.equal((await program(who, OWN)).person.id, id(who));
});

test('allowed: the password may be kept; never: nobody sets one, by page or by wire', async () => {
  await rule('allowed');
  const who = await person();
  await give(admin, who);
  assert.equal((await session(who, GIVEN)).found!.mustChange, false);
  await rule('never');
  await assert.rejects(give(admin, who), { code: 'hand_passwords_never' });
  assert.equal((await handOffer(admin, [id(who)])).policy, 'never');
  for (const field of ['password', 'new_password'])
    await assert.rejects(ask(admin, 'res.users', 'write', [[id(who)], { [field]: OWN }]), {
      code: 'hand_passwords_never',
    });
  const made = { name: 'X', login: `x${(count += 1)}@example.be`, password: OWN };
  await assert.rejects(ask(admin, 'res.users', 'create', [made]), {
    code: 'hand_passwords_never',
  });
  // Their own is another matter.
  await ask(admin, 'res.users', 'write', [[id(admin)], { password: OWN }]);
  assert.equal((await session(admin, OWN)).found!.mustChange, false);
});

test('over the wire the policy holds too: a new person or a new password is for one sign-in', async () => {
  const who = await person();
  await ask(admin, 'res.users', 'write', [[id(who)], { new_password: GIVEN }]);
  assert.equal((await session(who, GIVEN)).found!.mustChange, true);
  const login = `x${(count += 1)}@example.be`;
  await ask(admin, 'res.users', 'create', [{ name: 'X', login, password: GIVEN }]);
  assert.equal((await session(await asMember(caller, login), GIVEN)).found!.mustChange, true);
});

test('several at once: all or none, the refusal beside the right person', async () => {
  const [one, two] = [await person(), await person()];
  await assert.rejects(
    giveByHand(admin, [
      { id: id(one), password: GIVEN },
      { id: id(two), password: 'kort' },
    ]),
    { code: 'password_too_short', field: `password-${id(two)}` },
  );
  await assert.rejects(
    giveByHand(admin, [
      { id: id(one), password: '' },
      { id: id(two), password: GIVEN },
    ]),
    { code: 'password_missing', field: `password-${id(one)}` },
  );
  await enter(one, PASSWORD);
  assert.equal(await give(admin, one, two), 2);
  await enter(two, GIVEN);
});

test('not for oneself, nor for people above, archived or gone', async () => {
  const [good, gone] = [await person(), await person()];
  await ask(admin, 'res.users', 'write', [[id(gone)], { active: false }]);
  const tries: [Member, Member, string][] = [
    [clerk, admin, 'person_above'],
    [clerk, clerk, 'password_own'],
    [admin, gone, 'user_archived'],
    [good, await person(), 'not_allowed'],
  ];
  for (const [who, whom, code] of tries)
    await assert.rejects(give(who, good, whom), { code }, code);
  await enter(good, PASSWORD);
  const offer = await handOffer(clerk, [id(clerk), id(good)]);
  assert.deepEqual([offer.oneself, offer.people.map((one) => one.id)], [true, [id(good)]]);
  await assert.rejects(handOffer(clerk, [id(admin)]), { code: 'person_above' });
});
