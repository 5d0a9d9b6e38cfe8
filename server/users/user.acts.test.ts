// Accounts through the registry's door: what a person may do to themselves, what an administrator may do to
// others, and what nobody may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { asMember, openWorld, PASSWORD, type World } from '#tests/world.ts';
import { listNotices } from '../notices/notices.ts';
import { signIn } from '../sign-in/password.ts';
import { recognise } from '../sign-in/sessions.ts';
import type { Caller, Member } from '../store/caller.ts';

let world: World;
let caller: Caller;
let admin: Member;
/** Access rights, not settings. */
let clerk: Member;
let count = 0;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  clerk = await person('access_rights');
});
after(() => world.close());

const NEW = 'zeven groene bussen dansen';

async function person(...groups: string[]): Promise<Member> {
  const login = `p${(count += 1)}@example.be`;
  return world.person(caller, { login, name: `Persoon ${count}`, groups });
}
const again = ({ person: { login } }: Member) => asMember(caller, login);
const id = ({ person }: Member) => person.id;
const write = (who: Member, ids: number | number[], values: object) =>
  ask(who, 'res.users', 'write', [ids, values]);
const create = (who: Member, values: object) =>
  ask(who, 'res.users', 'create', [values]) as Promise<number>;
const read = async (who: Member, of: number, fields: string[]) =>
  ((await ask(who, 'res.users', 'read', [[of], fields])) as Record<string, unknown>[])[0]!;
const refused = (work: Promise<unknown>, code: string, what?: string) =>
  assert.rejects(work, { code }, what ?? code);

async function groupId(name: string, { db, tenant }: Caller = caller): Promise<number> {
  const row = await db
    .selectFrom('groups')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('external_id', '=', name)
    .executeTakeFirstOrThrow();
  return row.id;
}

test('a person writes their own preferences, and one key more refuses them all', async () => {
  for (const who of [await person('user'), await person('portal')]) {
    const mine = { lang: 'en_US', tz: 'Europe/Kiev', signature: '<p onclick="x">Hoi</p>' };
    await write(who, id(who), mine);
    const seen = await read(who, id(who), ['lang', 'tz', 'signature']);
    assert.deepEqual(seen, {
      id: id(who),
      lang: 'en_US',
      tz: 'Europe/Kyiv',
      signature: '<p>Hoi</p>',
    });
    await refused(write(who, id(who), { tz: 'UTC', login: 'x' }), 'access_model');
    await refused(write(who, id(who), { groups_id: [[4, 1]] }), 'access_model');
    await refused(write(who, id(who), { password: NEW }), 'access_model');
    await refused(write(who, id(who), { active: false }), 'access_model');
    await refused(write(who, [id(who), id(clerk)], { tz: 'UTC' }), 'access_model');
    assert.equal((await read(who, id(who), ['tz'])).tz, 'Europe/Kyiv');
  }
});

test('a person reads their own groups, and nobody else’s, without a right on groups', async () => {
  const who = await person();
  const own = await read(who, id(who), ['groups_id']);
  assert.equal((own.groups_id as number[]).length, who.person.groups.size);
  assert.deepEqual((await read(who, id(admin), ['groups_id'])).groups_id, []);
});

test('own preferences are checked as the page checks them', async () => {
  const [who, portia] = [await person('user'), await person('portal')];
  const wrongs: [Member, object, string][] = [
    [who, { lang: 'nl_BE' }, 'language_not_loaded'],
    [who, { tz: 'Mars/Base' }, 'time_zone_unknown'],
    [who, { email: 'nobody' }, 'email_invalid'],
    [who, { email: false }, 'email_missing'],
    [who, { company_id: 999 }, 'company_not_yours'],
    [who, { notification_type: 'pigeon' }, 'value_invalid'],
    [portia, { notification_type: 'inbox' }, 'choice_invalid'],
  ];
  for (const [one, values, code] of wrongs)
    await refused(write(one, id(one), values), code, JSON.stringify(values));
  await write(who, id(who), { notification_type: 'inbox' });
});

test('a changed address leaves a notice, whoever changed it', async () => {
  const who = await person('user');
  await write(who, id(who), { email: 'new@example.be' });
  await write(clerk, id(who), { email: 'newer@example.be' });
  const told = await listNotices(who);
  assert.deepEqual(
    told.filter(({ kind }) => kind === 'email_changed').map(({ data }) => data),
    [
      { from: 'new@example.be', to: 'newer@example.be' },
      { from: '–', to: 'new@example.be' },
    ].map((data, i) => (i === 1 ? { ...data, from: who.person.email ?? '–' } : data)),
  );
});

test('a read-only key writes no preferences, not even by a detour', async () => {
  const who = await person('user', 'base.group_partner_manager');
  const withKey = (limits: object): Member => ({
    ...who,
    person: { ...who.person, limits: { keyId: 1, readOnly: false, models: null, ...limits } },
  });
  await refused(write(withKey({ readOnly: true }), id(who), { tz: 'UTC' }), 'key_reach');
  const partners = withKey({ models: ['res.partner'] });
  const detour = { user_ids: [[1, id(who), { tz: 'UTC' }]] };
  const { partnerId } = who.person;
  await refused(ask(partners, 'res.partner', 'write', [[partnerId], detour]), 'key_reach');
});

test('an administrator makes a person: internal unless said otherwise, login unique whatever the case', async () => {
  const made = await create(clerk, { name: 'Lieve', login: ' Lieve@x.example ' });
  const seen = await read(clerk, made, ['login', 'share', 'lang', 'company_ids', 'active']);
  assert.equal(seen.login, 'Lieve@x.example');
  assert.deepEqual([seen.share, seen.lang, seen.active], [false, 'en_US', true]);
  assert.equal((seen.company_ids as number[]).length, 1);
  await refused(create(clerk, { name: 'L', login: 'lieve@X.example' }), 'login_taken');
  await refused(write(clerk, id(clerk), { login: 'LIEVE@x.example' }), 'login_taken');
  await refused(create(clerk, { name: 'L', login: ' ' }), 'login_missing');
  const portal = await groupId('base.group_portal');
  const portia = await create(clerk, { name: 'P', login: 'portia', groups_id: [[6, 0, [portal]]] });
  assert.equal((await read(clerk, portia, ['share'])).share, true);
  await refused(create(await person('user'), { name: 'L', login: 'l' }), 'access_model');
});

test('a password is hashed, ends sessions, tells the person, and follows the policy', async () => {
  const who = await person('user');
  const { token } = await signIn(caller, world.secret, {
    ...{ login: who.person.login, password: PASSWORD, device: null },
  });
  await write(clerk, id(who), { password: NEW });
  assert.equal(await recognise(caller.db, caller.tenant.id, token, new Date()), null);
  assert.equal((await listNotices(who))[0]?.kind, 'password_given');
  await signIn(caller, world.secret, { login: who.person.login, password: NEW, device: null });
  assert.deepEqual(await read(clerk, id(who), ['password', 'new_password']), {
    ...{ id: id(who), password: '', new_password: '' },
  });
  const { password_hash: hash } = await caller.db
    .selectFrom('users')
    .select('password_hash')
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', id(who))
    .executeTakeFirstOrThrow();
  assert.match(hash!, /^\$argon2id\$/);
  await refused(write(clerk, id(who), { password: false }), 'password_missing');
  await refused(write(clerk, id(who), { password: '' }), 'password_missing');
  await refused(write(clerk, id(who), { password: 'kort' }), 'password_too_short');
  await refused(write(clerk, id(clerk), { new_password: NEW }), 'password_own');
  await write(clerk, id(who), { new_password: '' });
});

test('change_password asks for the present one, counts wrong tries, and ends other sessions', async () => {
  const who = await person('portal');
  const { login } = who.person;
  const { token } = await signIn(caller, world.secret, { login, password: PASSWORD, device: null });
  const change = (old: string, to: string) => ask(who, 'res.users', 'change_password', [old, to]);
  await refused(change('', NEW), 'password_missing');
  await refused(change(PASSWORD, ''), 'password_missing');
  await refused(change('wrong', NEW), 'password_wrong');
  assert.equal(await change(PASSWORD, NEW), true);
  assert.equal(await recognise(caller.db, caller.tenant.id, token, new Date()), null);
  const tries = async () => {
    for (let i = 0; i < 8; i++)
      await change('wrong', NEW).catch((e) => e.code === 'password_wrong' || Promise.reject(e));
  };
  await refused(tries(), 'too_many_tries');
});

test('groups bring what they imply; an implied one alone does not go; types exclude each other', async () => {
  const who = await person('user');
  const [rights, internal, technical, portal, exporting] = await Promise.all(
    ['erp_manager', 'user', 'no_one', 'portal', 'allow_export'].map((name) =>
      groupId(`base.group_${name}`),
    ),
  );
  await write(admin, id(who), { groups_id: [[4, rights]] });
  assert.ok((await again(who)).person.groups.has('base.group_erp_manager'));
  await write(admin, id(who), { groups_id: [[3, technical]] });
  assert.ok((await again(who)).person.groups.has('base.group_no_one'));
  await refused(write(admin, id(who), { groups_id: [[4, portal]] }), 'user_type_unclear');
  await refused(write(admin, id(who), { groups_id: [[5]] }), 'user_type_unclear');
  await write(admin, id(who), { notification_type: 'inbox', groups_id: [[4, exporting]] });
  await write(admin, id(who), {
    groups_id: [
      [3, internal],
      [4, portal],
    ],
  });
  assert.deepEqual([...(await again(who)).person.groups], ['base.group_portal']);
  assert.equal((await read(admin, id(who), ['notification_type'])).notification_type, 'email');
  await write(admin, id(who), { groups_id: [[6, 0, [rights]]] });
  assert.ok((await again(who)).person.groups.has('base.group_user'));
  await write(admin, id(who), { [`in_group_${exporting}`]: true });
  assert.ok((await again(who)).person.groups.has('base.group_allow_export'));
  await refused(write(admin, id(who), { groups_id: [[4, 99_999]] }), 'group_unknown');
});

test('nobody gives a group that they do not hold, to themselves neither', async () => {
  const who = await person('user');
  const settings = await groupId('base.group_system');
  const exporting = await groupId('base.group_allow_export');
  for (const group of [settings, exporting]) {
    const give = { groups_id: [[4, group]] };
    await refused(write(clerk, id(who), give), 'group_not_yours');
    await refused(write(clerk, id(clerk), give), 'group_not_yours');
    const internal = [4, await groupId('base.group_user')];
    const both = { groups_id: [internal, [4, group]] };
    await refused(create(clerk, { name: 'X', login: 'x', ...both }), 'group_not_yours');
    await refused(write(clerk, id(who), { [`in_group_${group}`]: true }), 'group_not_yours');
  }
  await refused(ask(clerk, 'res.users', 'copy', [[id(admin)]]), 'group_not_yours');
  await refused(
    ask(clerk, 'res.groups', 'write', [[settings], { users: [[4, id(who)]] }]),
    'access_model',
  );
  const other = {
    name: 'Y',
    login: 'y',
    groups_id: [[0, 0, { name: 'Mine', implied_ids: [[4, settings]] }]],
  };
  await refused(create(clerk, other), 'access_model');
});

test('nobody touches a person who holds more: by no field, and by no detour', async () => {
  const boss = await person('settings');
  const { partnerId } = boss.person;
  const touches: object[] = [
    { login: 'mine' },
    { email: 'mine@example.be' },
    { password: NEW },
    { active: false },
    { name: 'Other' },
    { lang: 'en_US' },
    { partner_id: clerk.person.partnerId },
    { groups_id: [[3, await groupId('base.group_system')]] },
    { company_ids: [[4, 1]] },
    { image_1920: false },
  ];
  for (const values of touches)
    await refused(write(clerk, id(boss), values), 'person_above', JSON.stringify(values));
  await refused(ask(clerk, 'res.users', 'unlink', [[id(boss)]]), 'person_above');
  await refused(ask(clerk, 'res.users', 'action_archive', [[id(boss)]]), 'person_above');
  await refused(ask(clerk, 'res.users', 'toggle_active', [[id(boss)]]), 'person_above');
  await refused(write(clerk, [id(clerk), id(boss)], { name: 'Both' }), 'person_above');

  const manager = await person('access_rights', 'base.group_partner_manager');
  const partner = (method: string, ...args: unknown[]) =>
    ask(manager, 'res.partner', method, [[partnerId], ...args]);
  await refused(partner('write', { email: 'mine@example.be' }), 'person_above');
  await refused(partner('write', { active: false }), 'person_above');
  await refused(partner('unlink'), 'person_above');
  await refused(partner('write', { user_ids: [[1, id(boss), { login: 'm' }]] }), 'person_above');
  await partner('write', { phone: '02' });
  const [helper] = [await person('user')];
  await refused(write(manager, id(helper), { partner_id: partnerId }), 'person_above');
  await refused(create(manager, { login: 'twin', partner_id: partnerId }), 'person_above');
  // The lists of one's own partner lead to others: full powers over the partner do not go with them.
  const through = { child_ids: [[1, partnerId, { email: 'mine@example.be' }]] };
  await refused(write(manager, id(manager), through), 'person_above');
  const users = { user_ids: [[1, id(boss), { password: NEW }]] };
  await refused(write(manager, id(manager), users), 'person_above');
  const company = boss.person.companyId;
  await refused(
    ask(clerk, 'res.company', 'write', [[company], { user_ids: [[3, id(boss)]] }]),
    'person_above',
  );
  const asCompany = { name: 'C', partner_id: partnerId, email: 'mine@example.be' };
  await refused(ask(clerk, 'res.company', 'create', [asCompany]), 'person_above');
  await refused(
    ask(clerk, 'res.company', 'write', [[company], { partner_id: partnerId }]),
    'person_above',
  );
});

test('a colleague’s address is not a contact manager’s to change; their telephone is', async () => {
  const manager = await person('user', 'base.group_partner_manager');
  const [mate, portia] = [await person('user'), await person('portal')];
  const change = (who: Member, values: object) =>
    ask(manager, 'res.partner', 'write', [[who.person.partnerId], values]);
  await refused(change(mate, { email: 'x@example.be' }), 'not_allowed');
  await change(mate, { phone: '02' });
  await change(portia, { email: 'x@example.be' });
  await change(manager, { email: 'y@example.be' });
  await refused(change(portia, { active: false }), 'partner_has_user');
});

test('nobody archives or deletes themselves, nor the last administrator', async () => {
  const alone = (await world.tenant()).administrator;
  for (const method of ['unlink', 'action_archive'])
    await refused(ask(alone, 'res.users', method, [[id(alone)]]), 'not_oneself');
  const settings = await groupId('base.group_system', alone);
  await refused(write(alone, id(alone), { groups_id: [[3, settings]] }), 'last_administrator');
  await refused(
    ask(alone, 'res.groups', 'write', [[settings], { users: [[3, id(alone)]] }]),
    'last_administrator',
  );
});

test('two administrators who demote, archive or delete each other at once: one stays', async () => {
  for (const [method, ...rest] of [
    ['write', { groups_id: [[3, 'settings']] }],
    ['action_archive'],
    ['unlink'],
  ] as [string, ...unknown[]][]) {
    const { caller: house, administrator: one } = await world.tenant();
    const two = await world.person(house, { login: 'two', groups: ['settings'] });
    const settings = await groupId('base.group_system', house);
    const args = rest.map(() => ({ groups_id: [[3, settings]] }));
    const done = await Promise.allSettled([
      ask(one, 'res.users', method, [[id(two)], ...args]),
      ask(two, 'res.users', method, [[id(one)], ...args]),
    ]);
    const codes = done.map((one) => (one.status === 'rejected' ? one.reason.code : 'done')).sort();
    assert.deepEqual(codes, ['done', 'last_administrator'], method);
  }
});

test('archiving ends sessions; coming back brings the partner back', async () => {
  const who = await person('user');
  const { login, partnerId } = who.person;
  const { token } = await signIn(caller, world.secret, { login, password: PASSWORD, device: null });
  await ask(clerk, 'res.users', 'action_archive', [[id(who)]]);
  assert.equal(await recognise(caller.db, caller.tenant.id, token, new Date()), null);
  const manager = await person('user', 'base.group_partner_manager');
  await ask(manager, 'res.partner', 'write', [[partnerId], { active: false }]);
  await refused(create(clerk, { login: 'ghost', partner_id: partnerId }), 'partner_archived');
  await ask(clerk, 'res.users', 'action_unarchive', [[id(who)]]);
  assert.equal((await read(clerk, id(who), ['active_partner'])).active_partner, true);
  // The row of the session is gone, not only passed over.
  assert.equal(await recognise(caller.db, caller.tenant.id, token, new Date()), null);
});

test('a deleted account leaves its partner', async () => {
  const who = await person('user');
  await ask(clerk, 'res.users', 'unlink', [[id(who)]]);
  assert.deepEqual(await ask(clerk, 'res.partner', 'exists', [[who.person.partnerId]]), [
    who.person.partnerId,
  ]);
});

test('a copy has a login and a partner of its own, the same groups, no password and no address', async () => {
  const who = await person('access_rights');
  const [copy] = (await ask(clerk, 'res.users', 'copy', [[id(who)]])) as number[];
  const fields = ['login', 'email', 'groups_id', 'partner_id', 'name'];
  const [one, other] = [await read(clerk, id(who), fields), await read(clerk, copy!, fields)];
  assert.equal(other.login, `${one.login} (copy)`);
  assert.equal(other.email, false);
  assert.deepEqual(other.groups_id, one.groups_id);
  assert.notDeepEqual(other.partner_id, one.partner_id);
  await refused(ask(clerk, 'res.users', 'copy', [[id(who)]]), 'login_taken');
});

test('companies: the one worked in is among one’s own, and a second one shows them all', async () => {
  const second = (await ask(admin, 'res.company', 'create', [{ name: 'Tweede' }])) as number;
  const who = await person('user');
  await refused(write(admin, id(who), { company_id: second }), 'company_not_yours');
  await write(admin, id(who), { company_ids: [[4, second]] });
  assert.ok((await again(who)).person.groups.has('base.group_multi_company'));
  await write(await again(who), id(who), { company_id: second });
  await refused(
    ask(admin, 'res.company', 'write', [[second], { user_ids: [[3, id(who)]] }]),
    'company_not_yours',
  );
  const first = who.person.companyId;
  await write(admin, id(who), { company_id: first, company_ids: [[6, 0, [first]]] });
  assert.ok(!(await again(who)).person.groups.has('base.group_multi_company'));
});

test('nobody gives a company that they do not work in, to themselves neither', async () => {
  const third = (await ask(admin, 'res.company', 'create', [{ name: 'Derde' }])) as number;
  const who = await person('user');
  for (const one of [who, clerk]) {
    const give = { company_ids: [[4, third]] };
    await refused(write(clerk, id(one), give), 'company_not_yours');
    await refused(
      ask(clerk, 'res.company', 'write', [[third], { user_ids: [[4, id(one)]] }]),
      'company_not_yours',
    );
  }
  await write(admin, id(who), { company_ids: [[4, third]] });
});

test('a check holds whatever form its value comes in, and wherever it comes from', async () => {
  const far = (await ask(admin, 'res.company', 'create', [{ name: 'Ver' }])) as number;
  const above = admin.person.partnerId;
  const who = await person('user');
  for (const link of [String(far), [far, 'Ver'], [String(far)]])
    await refused(write(who, id(who), { company_id: link }), 'company_not_yours');
  for (const link of [String(above), [above, 'x'], [String(above), 'x']]) {
    await refused(write(clerk, id(who), { partner_id: link }), 'person_above');
    const values = { login: 'e@example.be', name: 'E', email: 'evil@example.be' };
    await refused(create(clerk, { ...values, partner_id: link }), 'person_above');
    const context = { default_partner_id: link };
    await refused(ask(clerk, 'res.users', 'create', [values], { context }), 'person_above');
  }
  const context = {
    default_user_ids: [[1, id(admin), { password: NEW }]],
    default_company_id: String(far),
  };
  const values = { login: 'f@example.be', name: 'F' };
  await assert.rejects(ask(clerk, 'res.users', 'create', [values], { context }), { status: 403 });
  for (const active of ['no', 0, 2, null])
    await refused(write(admin, id(admin), { active }), 'not_oneself', String(active));
  await refused(
    ask(admin, 'res.partner', 'write', [[who.person.partnerId], { active: 'no' }]),
    'partner_has_user',
  );
});

test('a search by name finds the login first, and refuses what is no domain', async () => {
  const { login } = clerk.person;
  const found = await ask(admin, 'res.users', 'name_search', [login]);
  assert.deepEqual((found as [number, string][])[0]![0], id(clerk));
  for (const domain of [{}, 7, 'x', true])
    await refused(ask(admin, 'res.users', 'name_search', ['a', domain]), 'domain_invalid');
});

test('the small methods clients call', async () => {
  const [who, portia] = [await person('user'), await person('portal')];
  const call = (one: Member, method: string, ...args: unknown[]) =>
    ask(one, 'res.users', method, args);
  assert.deepEqual(await call(who, 'context_get'), { lang: 'en_US', tz: false, uid: id(who) });
  assert.equal(await call(who, 'has_group', [id(who)], 'base.group_user'), true);
  assert.equal(await call(who, 'has_group', [id(who)], 'base.group_no_one'), false);
  assert.equal(await call(who, 'has_group', [id(clerk)], 'base.group_erp_manager'), true);
  assert.equal(await call(portia, 'has_group', [id(portia)], 'base.group_portal'), true);
  await refused(call(portia, 'has_group', [id(who)], 'base.group_user'), 'not_allowed');
  const spec = 'base.group_user,!base.group_system';
  assert.equal(await call(who, 'has_groups', [id(who)], spec), true);
  assert.deepEqual(await call(who, 'get_password_policy'), { minlength: 12 });
  const shown = (await call(clerk, 'action_show_groups', [id(who)])) as Record<string, unknown>;
  assert.equal(shown.type, 'ir.actions.act_window');
  const [[, , groups]] = shown.domain as [[string, string, number[]]];
  assert.equal((await read(clerk, id(who), ['groups_count'])).groups_count, groups.length);
  const found = (await call(clerk, 'name_search', who.person.login.toUpperCase())) as unknown[][];
  assert.deepEqual(
    found.map(([one]) => one),
    [id(who)],
  );
});
