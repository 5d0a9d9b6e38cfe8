// Making, renewing and revoking one's own keys on the real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { dayIn, daysAfter } from '../kernel/day.ts';
import { listNotices } from '../notices/notices.ts';
import type { Caller, Member } from '../store/caller.ts';
import {
  findKey,
  keysOffered,
  listKeys,
  makeKey,
  revokeKey,
  rotateKey,
  type KeyWish,
} from './keys.ts';
import { sweepKeys } from './sweep.ts';

let world: World;
let visitor: Caller;
let anne: Member;
let people = 0;
before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  visitor = caller;
  anne = administrator;
});
after(() => world.close());

const someone = (groups: string[] = []) =>
  world.person(visitor, { login: `p${(people += 1)}@example.be`, name: 'Jean', groups });

const simple: KeyWish = {
  name: 'Site web',
  lasts: '30',
  until: '',
  scope: 'all',
  models: [],
  readOnly: false,
  addresses: '',
  proof: PASSWORD,
};
const make = (who: Caller, wish: Partial<KeyWish> = {}) =>
  makeKey(who, world.secret, { ...simple, ...wish });

const at = (who: Member, days: number): Member => ({
  ...who,
  now: () => new Date(Date.now() + days * 86_400_000),
});

const setTenant = (set: { allow_endless_keys?: boolean }) =>
  visitor.db.updateTable('tenants').set(set).where('id', '=', visitor.tenant.id).execute();

const setDays = (group: string, days: number) =>
  visitor.db
    .updateTable('groups')
    .set({ key_days: days })
    .where('tenant', '=', visitor.tenant.id)
    .where('external_id', '=', group)
    .execute();

test('how long a key may live goes by role, a group may say otherwise', async () => {
  const jean = await someone();
  assert.deepEqual((await keysOffered(jean))!.days, [1, 7, 30, 90]);
  assert.deepEqual((await keysOffered(anne))!.days, [1, 7, 30, 90, 180, 365]);
  await assert.rejects(make(jean, { lasts: '180' }), {
    code: 'key_lives_too_long',
    field: 'lasts',
    values: { days: 90 },
  });
  await setDays('base.group_user', 7);
  assert.deepEqual((await keysOffered(jean))!.days, [1, 7]);
  await assert.rejects(make(jean), { code: 'key_lives_too_long' });
  await setDays('base.group_user', 0);
  await make(jean, { lasts: '90' });
});

test('a date is the end of that day where its owner lives', async () => {
  const jean = { ...(await someone()), timeZone: 'Pacific/Auckland' };
  const today = dayIn(jean.timeZone, new Date());
  const ends = async (until: string) => {
    const { id } = await make(jean, { lasts: 'date', until });
    const { expiresAt } = await findKey(jean, id);
    assert.equal(dayIn(jean.timeZone, new Date(expiresAt!.getTime() - 1)), until);
    assert.equal(dayIn(jean.timeZone, expiresAt!), daysAfter(until, 1));
  };
  await ends(today);
  await ends(daysAfter(today, 90));
  const refused = (until: string, code: string) =>
    assert.rejects(make(jean, { lasts: 'date', until }), { code, field: 'until' }, until);
  await refused(daysAfter(today, -1), 'date_past');
  await refused(daysAfter(today, 91), 'key_lives_too_long');
  for (const until of ['', '2027-02-30', 'tomorrow']) await refused(until, 'date_invalid');
});

test('a key without an end is made only where the tenant allows it', async () => {
  const jean = await someone();
  await assert.rejects(make(jean, { lasts: '0' }), { code: 'key_endless', field: 'lasts' });
  await setTenant({ allow_endless_keys: true });
  const { id } = await make(jean, { lasts: '0' });
  assert.equal((await findKey(jean, id)).expiresAt, null);
  await rotateKey(jean, world.secret, { id, proof: PASSWORD });
  assert.equal((await findKey(jean, id)).expiresAt, null);
  await setTenant({ allow_endless_keys: false });
  await rotateKey(jean, world.secret, { id, proof: PASSWORD });
  assert.ok((await findKey(jean, id)).expiresAt);
});

test('odd wishes are refused by name and make nothing', async () => {
  const jean = await someone();
  const odd: [Partial<KeyWish>, string, string][] = [
    [{ name: ' \n ' }, 'key_name_missing', 'name'],
    [{ name: 'x'.repeat(101) }, 'text_too_long', 'name'],
    [{ lasts: '' }, 'choice_invalid', 'lasts'],
    [{ lasts: '-1' }, 'choice_invalid', 'lasts'],
    [{ lasts: '1e3' }, 'choice_invalid', 'lasts'],
    [{ scope: 'root' }, 'choice_invalid', 'scope'],
    [{ scope: 'models' }, 'key_models_missing', 'models'],
    [{ scope: 'models', models: ['res.partner', 'no.such'] }, 'choice_invalid', 'models'],
    [{ addresses: '192.0.2.1 nowhere' }, 'key_address_invalid', 'addresses'],
    [{ addresses: '192.0.2.1/33' }, 'key_address_invalid', 'addresses'],
    [{ addresses: 'fe80::1%eth0' }, 'key_address_invalid', 'addresses'],
    [{ addresses: '192.0.2.1 '.repeat(51) }, 'key_addresses_many', 'addresses'],
    [{ proof: undefined }, 'proof_needed', 'proof'],
    [{ proof: 'wrong' }, 'password_wrong', 'proof'],
  ];
  for (const [wish, code, field] of odd)
    await assert.rejects(make(jean, wish), { code, field }, JSON.stringify(wish));
  assert.deepEqual(await listKeys(jean), []);
  await assert.rejects(make(visitor), { code: 'sign_in_first' });
});

test('a key is told once: no table holds it, and its owner hears of it', async () => {
  const jean = await someone();
  const { key, id } = await make(jean);
  assert.match(key, /^huis_[0-9a-f]{8}_[\w-]{43}$/);
  const value = key.slice(14);
  const { db, tenant } = visitor;
  const [keys, notices] = await Promise.all([
    db.selectFrom('api_keys').selectAll().where('tenant', '=', tenant.id).execute(),
    db.selectFrom('notices').selectAll().where('tenant', '=', tenant.id).execute(),
  ]);
  const hex = Buffer.from(value, 'base64url').toString('hex');
  const text = JSON.stringify([keys, notices]) + keys.map((k) => k.key_hash.toString('hex')).join();
  assert.ok(!text.includes(value) && !text.includes(hex));
  const [notice] = await listNotices(jean);
  assert.deepEqual([notice?.kind, notice?.data], ['api_key_created', { name: 'Site web' }]);
  const shown = await findKey(jean, id);
  assert.ok(!('key_hash' in shown) && key.includes(shown.prefix));
});

test('renewing keeps name, scope and length of life; the last use starts anew', async () => {
  const jean = await someone();
  const wish = { scope: 'models', models: ['res.partner'], addresses: '192.0.2.0/24' };
  const { id, key } = await make(jean, wish);
  const before = await findKey(jean, id);
  const later = at(jean, 20);
  const renewed = await rotateKey(later, world.secret, { id, proof: PASSWORD });
  assert.notEqual(renewed.key, key);
  const after = await findKey(later, id);
  assert.deepEqual(
    [after.name, after.models, after.addresses],
    ['Site web', ['res.partner'], ['192.0.2.0/24']],
  );
  assert.notEqual(after.prefix, before.prefix);
  const days = (after.expiresAt!.getTime() - later.now().getTime()) / 86_400_000;
  assert.ok(Math.abs(days - 30) < 0.01, String(days));
});

test('renewing and revoking ask for the password, and reach one’s own keys only', async () => {
  const [jean, els] = [await someone(), await someone()];
  const { id } = await make(jean);
  for (const act of [rotateKey, revokeKey]) {
    await assert.rejects(act(jean, world.secret, { id }), { code: 'proof_needed' });
    await assert.rejects(act(jean, world.secret, { id, proof: 'wrong' }), {
      code: 'password_wrong',
    });
    const theirs = act(els, world.secret, { id, proof: PASSWORD });
    await assert.rejects(theirs, { code: 'key_unknown', status: 404 });
    for (const odd of [0, -1, 1.5, NaN, 2 ** 31])
      await assert.rejects(act(jean, world.secret, { id: odd, proof: PASSWORD }), {
        code: 'key_unknown',
      });
  }
  await assert.rejects(findKey(els, id), { code: 'key_unknown' });
  assert.equal((await listKeys(jean)).length, 1);
});

test('a reminder comes once, a week ahead; short lives get none; old keys go', async () => {
  const jean = await someone();
  await make(jean, { lasts: '1' });
  await make(jean, { lasts: '7' });
  const { id } = await make(jean, { name: 'Boutique', lasts: '30' });
  const told = async () =>
    (await listNotices(jean)).filter(({ kind }) => kind === 'api_key_expiring');
  for (const day of [0.5, 22]) await sweepKeys(at(jean, day));
  assert.deepEqual(await told(), []);
  await Promise.all([
    sweepKeys(at(jean, 23.5)),
    sweepKeys(at(jean, 23.5)),
    sweepKeys(at(jean, 24)),
  ]);
  const [notice, ...more] = await told();
  assert.deepEqual(more, []);
  const { expiresAt } = await findKey(jean, id);
  assert.deepEqual(notice?.data, { name: 'Boutique', ends: expiresAt!.getTime() });
  await rotateKey(at(jean, 24), world.secret, { id, proof: PASSWORD });
  await sweepKeys(at(jean, 48));
  assert.equal((await told()).length, 2);
  await sweepKeys(at(jean, 83));
  assert.equal((await listKeys(jean)).length, 1);
  await sweepKeys(at(jean, 85));
  assert.deepEqual(await listKeys(jean), []);
});
