import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { listNotices } from '../notices/notices.ts';
import { changePassword } from '../passwords/change.ts';
import type { Caller } from '../store/caller.ts';
import { signIn } from './password.ts';
import * as sessions from './sessions.ts';
import { sweepSignIns } from './sweep.ts';

let world: World;
let caller: Caller;
let people = 0;

before(async () => {
  world = await openWorld();
  caller = (await world.tenant()).caller;
});
after(() => world.close());

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);

const recognise = (token: string, now = new Date()) =>
  sessions.recognise(caller.db, caller.tenant.id, token, now);

/** A new person with `count` sessions: their callers and tokens, the first one first. */
async function person(count: number): Promise<{ caller: Caller; token: string }[]> {
  const login = `person-${(people += 1)}@example.be`;
  await world.person(caller, { login, name: 'Jean Dupont' });
  const opened: { caller: Caller; token: string }[] = [];
  for (let i = 0; i < count; i++) {
    const { token } = await signIn(caller, world.secret, {
      login,
      password: PASSWORD,
      device: null,
    });
    const found = await recognise(token);
    opened.push({ caller: { ...caller, person: found!.person }, token });
  }
  return opened;
}

test('a token of another tenant, a wrong one and a half one are nobody', async () => {
  const [{ token } = { token: '' }] = await person(1);
  const other = (await world.tenant()).caller;
  assert.equal(await sessions.recognise(other.db, other.tenant.id, token, new Date()), null);
  assert.equal(await recognise(token.slice(0, 20)), null);
  assert.equal(await recognise(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`), null);
  assert.equal(sessions.readCookie('1.short'), null);
  assert.equal(sessions.readCookie(`1.${token}; x`), null);
  assert.deepEqual(sessions.readCookie(sessions.writeCookie(7, token)), { tenantId: 7, token });
});

test('a session ends when it idles too long, and when it has lived too long', async () => {
  const [one] = await person(1);
  const { sessionIdleMinutes: idle, sessionAbsoluteMinutes: absolute } = caller.tenant;
  assert.equal(await recognise(one!.token, at(idle + 1)), null);
  for (let minute = 0; minute < absolute; minute += idle - 1)
    assert.ok(await recognise(one!.token, at(minute)), `alive at ${minute}`);
  assert.equal(await recognise(one!.token, at(absolute + 1)), null);
});

test('signing out ends this session alone', async () => {
  const [one, two] = await person(2);
  await sessions.signOut(one!.caller);
  assert.equal(await recognise(one!.token), null);
  assert.ok(await recognise(two!.token));
});

test('archiving a person ends their sessions at once', async () => {
  const [one] = await person(1);
  await caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', one!.caller.person!.id)
    .execute();
  assert.equal(await recognise(one!.token), null);
});

test('one sees and ends one’s own sessions only', async () => {
  const [one, two, three] = await person(3);
  const [stranger] = await person(1);
  const seen = await sessions.list(one!.caller);
  assert.equal(seen.length, 3);
  assert.deepEqual(
    seen.map(({ current }) => current),
    [true, false, false],
  );
  const theirs = stranger!.caller.person!.session!.id;
  await assert.rejects(sessions.end(one!.caller, theirs), { code: 'session_unknown', status: 404 });
  await assert.rejects(sessions.end(one!.caller, "' or true --"), { code: 'session_unknown' });
  await sessions.end(one!.caller, two!.caller.person!.session!.id);
  assert.equal(await recognise(two!.token), null);
  assert.equal(await sessions.endOthers(one!.caller), 1);
  assert.equal(await recognise(three!.token), null);
  assert.ok(await recognise(one!.token));
  assert.ok(await recognise(stranger!.token));
});

test('changing the password ends the others, gives this one a new token and tells the person', async () => {
  const [one, two] = await person(2);
  const wish = {
    current: PASSWORD,
    password: 'zeven groene bussen dansen',
    repeated: 'zeven groene bussen dansen',
  };
  const { token, ended } = await changePassword(one!.caller, world.secret, wish);
  assert.equal(ended, 1);
  assert.equal(await recognise(two!.token), null);
  assert.equal(await recognise(one!.token), null);
  const found = await recognise(token);
  const told = await listNotices({ ...caller, person: found!.person });
  assert.equal(told[0]?.kind, 'password_changed');
  const { login } = one!.caller.person!;
  const enter = (password: string) =>
    signIn(caller, world.secret, { login, password, device: null });
  await assert.rejects(enter(PASSWORD), { code: 'wrong_pair' });
  assert.ok((await enter(wish.password)).token);
});

test('a refused change of password changes nothing', async () => {
  const [one, two] = await person(2);
  const change = (current: string, password: string, repeated = password) =>
    changePassword(one!.caller, world.secret, { current, password, repeated });
  await assert.rejects(change('', 'x'), { code: 'password_missing', field: 'current' });
  await assert.rejects(change(PASSWORD, ''), { code: 'password_missing', field: 'password' });
  await assert.rejects(change(PASSWORD, 'one', 'two'), {
    code: 'passwords_differ',
    field: 'repeated',
  });
  await assert.rejects(change('wrong', 'zeven groene bussen dansen'), {
    code: 'password_wrong',
    field: 'current',
  });
  await assert.rejects(change(PASSWORD, 'kort'), { code: 'password_too_short', field: 'password' });
  await assert.rejects(change(PASSWORD, PASSWORD), { code: 'password_same', field: 'password' });
  assert.ok(await recognise(one!.token));
  assert.ok(await recognise(two!.token));
});

test('a session is noted as seen, but not at every request', async () => {
  const [one] = await person(1);
  const seenAt = async () => (await sessions.list(one!.caller))[0]!.lastSeenAt.getTime();
  const first = await seenAt();
  await recognise(one!.token, at(0.5));
  assert.equal(await seenAt(), first);
  await recognise(one!.token, at(2));
  assert.ok((await seenAt()) > first);
});

test('dead sessions leave the table, and old counts of tries; what lives stays', async () => {
  const [{ caller: own }, { caller: other }] = [await world.tenant(), await world.tenant()];
  const left = async (table: 'sessions' | 'attempts', { db, tenant } = own) =>
    (await db.selectFrom(table).select('tenant').where('tenant', '=', tenant.id).execute()).length;
  for (const where of [own, other]) {
    const right = { login: 'admin', password: PASSWORD, device: null };
    await signIn(where, world.secret, right);
    const wrong = signIn(where, world.secret, { ...right, password: 'wrong' });
    await assert.rejects(wrong, { code: 'wrong_pair' });
  }
  const tried = await left('attempts');
  assert.ok(tried > 0);
  const sweepAt = (minutes: number) => sweepSignIns({ ...own, now: () => at(minutes) });
  const leaves = async (minutes: number, [living, counted]: [number, number]) => {
    await sweepAt(minutes);
    assert.deepEqual([await left('sessions'), await left('attempts')], [living, counted]);
  };
  await leaves(2_879, [1, tried]);
  await leaves(2_881, [1, 0]);
  await leaves(own.tenant.sessionIdleMinutes + 1, [0, 0]);
  assert.deepEqual([await left('sessions', other), await left('attempts', other)], [1, tried]);
});
