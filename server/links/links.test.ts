// One-time links on the real database: what ends them, what does not, and who may be first.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { changePassword } from '../passwords/change.ts';
import { setByLink } from '../passwords/by-link.ts';
import { givePassword } from '../passwords/give.ts';
import { signIn } from '../sign-in/password.ts';
import * as sessions from '../sign-in/sessions.ts';
import { record } from '../users/events.ts';
import { inTransaction, type Caller, type Member } from '../store/caller.ts';
import {
  endLinks,
  lookUp,
  makeLinks,
  noteOpened,
  spendLink,
  type Purpose,
  type Wish,
} from './links.ts';
import { sweepLinks } from './sweep.ts';

let world: World;
let caller: Caller;
let marie: Member;
before(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  ({ caller } = await world.tenant());
  marie = await world.person(caller, { login: 'marie', name: 'Marie' });
});
after(() => world.close());

const NEW = `${PASSWORD} encore`;
const wish = { password: NEW, repeated: NEW };

async function make(purpose: Purpose = 'reset', way: Wish['way'] = 'mail') {
  const [link] = await makeLinks(caller, [{ userId: marie.person.id, purpose, way }]);
  return link!;
}

/** Why the link is dead; null while it lives. */
async function whyDead(token: string, from = caller) {
  const found = await lookUp(from, token);
  return found ? found.why : 'unknown';
}

const later = (hours: number): Caller => ({
  ...caller,
  now: () => new Date(Date.now() + hours * 3_600_000),
});

const refuse = (token: string, why: string, from = caller) =>
  assert.rejects(setByLink(from, token, wish), { code: 'link_dead', status: 410, values: { why } });

test('the secret is 256 bits, and only its hash is stored', async () => {
  const { token } = await make();
  assert.equal(Buffer.from(token, 'base64url').length, 32);
  const rows = await caller.db.selectFrom('links').selectAll().execute();
  assert.ok(!JSON.stringify(rows).includes(token));
});

test('looking changes nothing, however often; a refused password keeps the link', async () => {
  const { token } = await make();
  for (let i = 0; i < 5; i++) {
    assert.equal(await whyDead(token), null);
    await noteOpened(caller, token);
  }
  for (const [password, repeated, code] of [
    ['', '', 'password_missing'],
    [NEW, `${NEW}!`, 'passwords_differ'],
    ['court', 'court', 'password_too_short'],
  ] as const)
    await assert.rejects(setByLink(caller, token, { password, repeated }), { code });
  assert.equal((await setByLink(caller, token, wish)).login, 'marie');
  await refuse(token, 'used');
});

test('it is noted when a page was opened first, and never again', async () => {
  const { token, id } = await make();
  const first = later(1);
  await noteOpened(first, token);
  await noteOpened(later(2), token);
  const { opened_at } = await caller.db
    .selectFrom('links')
    .select('opened_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  assert.ok(Math.abs(opened_at!.getTime() - first.now().getTime()) < 5_000);
});

test('a link lives as long as its tenant says, and each purpose in its own way', async () => {
  const reset = await make('reset');
  const invitation = await make('invitation');
  assert.equal(await whyDead(reset.token, later(23.9)), null);
  await refuse(reset.token, 'expired', later(24.1));
  assert.equal(await whyDead(invitation.token, later(143)), null);
  assert.equal(await whyDead(invitation.token, later(145)), 'expired');
  await caller.db
    .updateTable('tenants')
    .set({ reset_hours: 2 })
    .where('id', '=', caller.tenant.id)
    .execute();
  assert.equal(await whyDead((await make('reset')).token, later(2.1)), 'expired');
});

test('a newer link of the same purpose replaces an older one; another purpose leaves it', async () => {
  const [older, invitation, newer] = [await make(), await make('invitation'), await make()];
  await refuse(older.token, 'replaced');
  assert.deepEqual([await whyDead(invitation.token), await whyDead(newer.token)], [null, null]);
});

test('changed credentials end every link; a mere sign-in ends none', async () => {
  const { token } = await make();
  const invited = await make('invitation');
  const { token: session } = await signIn(caller, world.secret, {
    login: 'marie',
    password: PASSWORD,
    device: null,
  });
  assert.equal(await whyDead(token), null);
  const found = await sessions.recognise(caller.db, caller.tenant.id, session, new Date());
  await changePassword({ ...caller, person: found!.person }, world.secret, {
    current: PASSWORD,
    password: NEW,
    repeated: NEW,
  });
  await refuse(token, 'changed');
  await refuse(invited.token, 'changed');
});

test('using one link ends the others of its person', async () => {
  const [reset, rescue] = [await make('reset'), await make('rescue', 'console')];
  await setByLink(caller, rescue.token, wish);
  assert.deepEqual([await whyDead(rescue.token), await whyDead(reset.token)], ['used', 'changed']);
});

test('an archived person’s link is dead, and lives again with them', async () => {
  const { token } = await make();
  const setActive = (active: boolean) =>
    caller.db
      .updateTable('users')
      .set({ active })
      .where('tenant', '=', caller.tenant.id)
      .where('login', '=', 'marie')
      .execute();
  await setActive(false);
  await refuse(token, 'archived');
  await setActive(true);
  assert.equal(await whyDead(token), null);
});

test('half a token, another tenant’s, and one for something else are unknown', async () => {
  const { token } = await make();
  const address = await make('address');
  const other = (await world.tenant()).caller;
  await refuse(token.slice(0, 21), 'unknown');
  await refuse(`${token}x`, 'unknown');
  await refuse('', 'unknown');
  await refuse(token, 'unknown', other);
  await refuse(address.token, 'unknown');
  assert.equal(await whyDead(token), null);
});

test('many that ask at once for several people leave one living link each', async () => {
  const luc = await world.person(caller, { login: 'luc', name: 'Luc' });
  const both = [marie.person.id, luc.person.id];
  const wishes = (ids: number[]) =>
    ids.map((userId): Wish => ({ userId, purpose: 'invitation', way: 'mail' }));
  await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      makeLinks(caller, wishes(i % 2 ? both : both.toReversed())),
    ),
  );
  const living = await caller.db
    .selectFrom('links')
    .select('user_id')
    .where('tenant', '=', caller.tenant.id)
    .where('ended_at', 'is', null)
    .orderBy('user_id')
    .execute();
  assert.deepEqual(
    living.map(({ user_id }) => user_id),
    both,
  );
});

test('of many that use one link at once, one gets through and the others are told', async () => {
  const { token } = await make();
  const tries = await Promise.allSettled(
    Array.from({ length: 4 }, () => setByLink(caller, token, wish)),
  );
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of tries)
    if (one.status === 'rejected')
      assert.deepEqual(
        [(one.reason as { code: string }).code, (one.reason as { values: object }).values],
        ['link_dead', { why: 'used' }],
      );
});

test('using a link while newer ones are made ends in one of the two, never in a standstill', async () => {
  for (let round = 0; round < 12; round++) {
    const { token } = await make();
    const { link } = (await lookUp(caller, token))!;
    const use = inTransaction(caller, async (inside) => {
      await spendLink(inside, link);
      await givePassword(inside, marie.person.id, 'a hash');
    });
    const [used, ...made] = await Promise.allSettled([use, ...[1, 2, 3, 4].map(() => make())]);
    for (const one of made) assert.equal(one.status, 'fulfilled');
    if (used.status === 'rejected')
      assert.deepEqual((used.reason as { values?: object }).values, { why: 'replaced' });
    const ended = await whyDead(token);
    assert.equal(ended, used.status === 'fulfilled' ? 'used' : 'replaced');
  }
});

test('links that somebody ends say that something changed', async () => {
  const { token } = await make();
  await endLinks(caller, [marie.person.id]);
  await refuse(token, 'changed');
});

test('ninety days after its end a link is forgotten, with what was recorded long ago', async () => {
  const dead = await make();
  const living = await make();
  await record(caller, marie.person.id, 'link_copied');
  const rows = async () => {
    const links = await caller.db.selectFrom('links').select('id').execute();
    const events = await caller.db.selectFrom('account_events').select('id').execute();
    return [links.length, events.length];
  };
  await sweepLinks(later(89 * 24));
  assert.deepEqual(await rows(), [2, 1]);
  assert.equal(await whyDead(dead.token), 'replaced');
  await sweepLinks(later(90 * 24 + 1));
  assert.deepEqual(await rows(), [1, 1]);
  assert.deepEqual([await whyDead(dead.token), await whyDead(living.token)], ['unknown', null]);
  await sweepLinks(later(401 * 24));
  assert.deepEqual(await rows(), [0, 0]);
});
