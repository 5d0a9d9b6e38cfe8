// New addresses: confirmed from their mailbox, told to the old one, undone from there.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { holdInstallation } from '../kernel/installation.ts';
import { heldSecret } from '../kernel/secrets.ts';
import { lookUp, makeLinks } from '../links/links.ts';
import { LINK_SECRET, secretPlace } from '../mail/post.ts';
import { listNotices } from '../notices/notices.ts';
import { execute } from '../models/execute.ts';
import { givePassword } from '../passwords/give.ts';
import { signIn } from '../sign-in/password.ts';
import { recognise } from '../sign-in/sessions.ts';
import type { Caller, Member } from '../store/caller.ts';
import {
  cancelAddress,
  confirmAddress,
  pendingAddress,
  resendAddress,
  undoAddress,
} from './address.ts';
import { savePreferences } from './preferences.ts';

let world: World;
let caller: Caller;
let anne: Member;
let marie: Member;

const url = 'http://localhost:8069';
const mailTo = (smtpUrl?: string) =>
  holdInstallation({ url, mailHosts: [], ...(smtpUrl && { smtpUrl }) });

before(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  mailTo('smtp://mail.invalid');
  ({ caller, administrator: anne } = await world.tenant());
  marie = await world.person(caller, {
    login: 'marie',
    name: 'Marie',
    email: 'old@example.be',
  });
});
after(() => world.close());

let address = 0;
const visitor = (): Caller => ({ ...caller, address: `198.51.100.${++address}` });

/** Mails of the tenant, oldest first, with the token of their link. */
async function mails() {
  const rows = await caller.db
    .selectFrom('mails')
    .selectAll()
    .where('tenant', '=', caller.tenant.id)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, email_to, message_id, secret, body_text }) => {
    const place = secretPlace(caller.tenant.id, message_id);
    const live = secret && heldSecret().decrypt(LINK_SECRET, place, secret);
    return {
      kind,
      to: email_to,
      body_text,
      token: live && new URL(live).searchParams.get('token')!,
    };
  });
}

const write = (who: Member, model: string, id: number) =>
  execute(who, { model, method: 'write', args: [[id], { email: 'new@example.be' }], kwargs: {} });

const newest = async () => (await mails()).at(-1)!;

const ask = (email: string, who = marie) =>
  savePreferences(who, world.secret, { email, password: PASSWORD });

async function addressOf(userId = marie.person.id) {
  const { email } = await caller.db
    .selectFrom('users as u')
    .innerJoin('partners as p', (on) =>
      on.onRef('p.tenant', '=', 'u.tenant').onRef('p.id', '=', 'u.partner_id'),
    )
    .select('p.email')
    .where('u.tenant', '=', caller.tenant.id)
    .where('u.id', '=', userId)
    .executeTakeFirstOrThrow();
  return email;
}

const waiting = async () => (await pendingAddress(marie))?.address ?? null;

const dead = (why: string) => ({ code: 'link_dead', status: 410, values: { why } });

test('a new address counts once its mailbox and the password confirm it; the old one is told', async () => {
  await ask('new@example.be');
  const asked = await newest();
  assert.deepEqual([asked.kind, asked.to], ['email_confirm', 'new@example.be']);
  assert.deepEqual([await addressOf(), await waiting()], ['old@example.be', 'new@example.be']);
  const [reset] = await makeLinks(caller, [
    { userId: marie.person.id, purpose: 'reset', way: 'mail' },
  ]);

  await assert.rejects(confirmAddress(visitor(), asked.token!, ''), { code: 'password_missing' });
  await assert.rejects(confirmAddress(visitor(), asked.token!, 'wrong'), {
    code: 'password_wrong',
    field: 'password',
  });
  await assert.rejects(confirmAddress(visitor(), reset!.token, PASSWORD), dead('unknown'));
  assert.equal(await addressOf(), 'old@example.be');

  assert.equal(await confirmAddress(visitor(), asked.token!, PASSWORD), 'new@example.be');
  assert.deepEqual([await addressOf(), await waiting()], ['new@example.be', null]);
  const told = await newest();
  assert.deepEqual([told.kind, told.to], ['email_changed', 'old@example.be']);
  assert.match(told.body_text, /new@example\.be/);
  assert.deepEqual(
    (await listNotices(marie)).map(({ kind, data }) => ({ kind, data })),
    [{ kind: 'email_changed', data: { from: 'old@example.be', to: 'new@example.be' } }],
  );
  await assert.rejects(confirmAddress(visitor(), asked.token!, PASSWORD), dead('used'));
  const { why } = await caller.db
    .selectFrom('links')
    .select('ending as why')
    .where('id', '=', reset!.id)
    .executeTakeFirstOrThrow();
  assert.equal(why, 'changed', 'a link that went to the old address is dead');
});

test('the waiting address can be sent to again, replaced and cancelled', async () => {
  await ask('one@example.be');
  const first = await newest();
  await resendAddress(marie);
  const second = await newest();
  assert.equal(second.to, 'one@example.be');
  await assert.rejects(confirmAddress(visitor(), first.token!, PASSWORD), dead('replaced'));
  await ask('two@example.be');
  await assert.rejects(confirmAddress(visitor(), second.token!, PASSWORD), dead('replaced'));
  await cancelAddress(marie);
  await cancelAddress(marie);
  assert.equal(await waiting(), null);
  await assert.rejects(
    confirmAddress(visitor(), (await newest()).token!, PASSWORD),
    dead('withdrawn'),
  );
  await assert.rejects(resendAddress(marie), { code: 'address_not_waiting' });
});

test('guessing the password behind a link makes wait as signing in does', async () => {
  await ask('new@example.be');
  const { token } = await newest();
  const from = visitor();
  for (let i = 0; i < 5; i++)
    await assert.rejects(confirmAddress(from, token!, `no ${i}`), { code: 'password_wrong' });
  await assert.rejects(confirmAddress(from, token!, PASSWORD), { code: 'too_many_tries' });
  assert.equal(await addressOf(), 'old@example.be');
});

test('nobody mails strangers without end from their profile', async () => {
  for (let i = 0; i < 5; i++) await ask(`stranger${i}@example.be`);
  await assert.rejects(ask('stranger@example.be'), { code: 'too_many_tries' });
  assert.equal((await mails()).length, 5);
});

test('where mail does not leave, a new address counts at once and nothing is mailed', async () => {
  mailTo();
  await ask('new@example.be');
  assert.deepEqual([await addressOf(), await waiting()], ['new@example.be', null]);
  assert.deepEqual(await mails(), []);
  assert.equal((await listNotices(marie))[0]?.kind, 'email_changed');
});

test('over the wire too, one’s own address waits; an administrator’s word counts at once', async () => {
  await write(marie, 'res.users', marie.person.id);
  assert.deepEqual([await addressOf(), await waiting()], ['old@example.be', 'new@example.be']);
  await write(anne, 'res.users', marie.person.id);
  assert.equal(await addressOf(), 'new@example.be');
  const told = await newest();
  assert.deepEqual([told.kind, told.to], ['email_changed', 'old@example.be']);
  assert.equal(await waiting(), null);
});

test('the old address goes back: sessions end, and a link for a new password goes there', async () => {
  await ask('new@example.be');
  await confirmAddress(visitor(), (await newest()).token!, PASSWORD);
  const { token } = await newest();
  const { token: session } = await signIn(visitor(), world.secret, {
    login: 'marie',
    password: PASSWORD,
    device: null,
  });
  await assert.rejects(undoAddress(visitor(), token!, ' '), { code: 'address_missing' });
  await assert.rejects(undoAddress(visitor(), token!, 'new@example.be'), { code: 'address_other' });
  assert.equal(await undoAddress(visitor(), token!, ' OLD@example.be '), 'old@example.be');
  assert.equal(await addressOf(), 'old@example.be');
  assert.equal(await recognise(caller.db, caller.tenant.id, session, new Date()), null);
  const reset = await newest();
  assert.deepEqual([reset.kind, reset.to], ['password_reset', 'old@example.be']);
  // Whoever changed the address knew the password.
  await assert.rejects(
    signIn(visitor(), world.secret, { login: 'marie', password: PASSWORD, device: null }),
    { code: 'wrong_pair' },
  );
  await assert.rejects(undoAddress(visitor(), token!, 'old@example.be'), dead('used'));
});

test('after an administrator’s change, going back leaves the password as it is', async () => {
  await write(anne, 'res.users', marie.person.id);
  const { token } = await newest();
  await undoAddress(visitor(), token!, 'old@example.be');
  assert.ok(
    await signIn(visitor(), world.secret, { login: 'marie', password: PASSWORD, device: null }),
  );
});

test('whoever took an account over cannot close the way back: not by a password, nor by moving on', async () => {
  await ask('thief@example.be');
  await confirmAddress(visitor(), (await newest()).token!, PASSWORD);
  const back = (await newest()).token!;
  const thief = { ...marie, person: { ...marie.person, email: 'thief@example.be' } };
  await ask('thief2@example.be', thief);
  await confirmAddress(visitor(), (await newest()).token!, PASSWORD);
  const thiefs = (await newest()).token!;
  await givePassword({ ...caller, person: null }, marie.person.id, 'a hash');
  await undoAddress(visitor(), back, 'old@example.be');
  assert.equal(await addressOf(), 'old@example.be');
  await assert.rejects(undoAddress(visitor(), thiefs, 'thief@example.be'), dead('changed'));
});

test('the way back is open for three days', async () => {
  await write(anne, 'res.users', marie.person.id);
  const { token } = await newest();
  const at = (hours: number) => ({
    ...visitor(),
    now: () => new Date(Date.now() + hours * 3_600_000),
  });
  await assert.rejects(undoAddress(at(73), token!, 'old@example.be'), dead('expired'));
  await undoAddress(at(71), token!, 'old@example.be');
});

test('a first address ends no links: a letter on its way stays good', async () => {
  const paul = await world.person(caller, { login: 'paul', name: 'Paul', email: '' });
  const wish = { userId: paul.person.id, purpose: 'invitation', way: 'letter' } as const;
  const [letter] = await makeLinks(caller, [wish]);
  await write(anne, 'res.users', paul.person.id);
  assert.equal((await lookUp(caller, letter!.token))!.why, null);
  assert.deepEqual(await mails(), [], 'there is no old address to write to');
});
