// Notices as mails: to whom, in which language, and how many.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { makeKey } from '../api-keys/keys.ts';
import { sweepKeys } from '../api-keys/sweep.ts';
import { holdInstallation } from '../kernel/installation.ts';
import { loadLanguage } from '../languages/load.ts';
import { makeLinks } from '../links/links.ts';
import { setByLink } from '../passwords/by-link.ts';
import { changePassword } from '../passwords/change.ts';
import { givePassword } from '../passwords/give.ts';
import { signIn } from '../sign-in/password.ts';
import { recognise } from '../sign-in/sessions.ts';
import type { Caller, Member } from '../store/caller.ts';
import { listNotices, notify } from './notices.ts';

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
  await loadLanguage(caller, 'nl_BE');
  marie = await world.person(caller, {
    login: 'marie',
    name: 'Marie',
    email: 'marie@example.be',
    language: 'nl_BE',
  });
});
after(() => world.close());

const NEW = `${PASSWORD} encore`;
const wish = { password: NEW, repeated: NEW };

async function mails() {
  return caller.db
    .selectFrom('mails')
    .select(['kind', 'email_to', 'subject', 'body_text'])
    .where('tenant', '=', caller.tenant.id)
    .orderBy('id')
    .execute();
}

const kinds = async () => (await mails()).map(({ kind }) => kind);

async function enter(device: string | null = null): Promise<Caller> {
  const { token } = await signIn(caller, world.secret, {
    login: 'marie',
    password: PASSWORD,
    device,
  });
  const { person } = (await recognise(caller.db, caller.tenant.id, token, new Date()))!;
  return { ...caller, person };
}

test('however a password comes, its person gets one mail, in their own language', async () => {
  const { id } = marie.person;
  const [link] = await makeLinks(caller, [{ userId: id, purpose: 'reset', way: 'copy' }]);
  // An administrator is signed in in the browser that the link is opened in.
  await setByLink(anne, link!.token, wish);
  assert.deepEqual(await kinds(), ['password_changed']);
  const [mail] = await mails();
  assert.equal(mail!.email_to, 'marie@example.be');
  assert.match(mail!.subject, /wachtwoord/i);

  await givePassword(anne, id, 'a hash');
  assert.deepEqual(await kinds(), ['password_changed', 'password_given']);
  assert.match((await mails())[1]!.body_text, /Anne Administratrice/);
});

test('changing one’s own password is one mail', async () => {
  const own = await enter('hers');
  await changePassword(own, world.secret, { current: PASSWORD, ...wish });
  assert.deepEqual(await kinds(), ['password_changed']);
});

test('a new device and a new key are told by mail, a key that ends too, once', async () => {
  await enter();
  assert.deepEqual(await kinds(), [], 'the first sign-in ever is none');
  const own = await enter();
  await makeKey(own, world.secret, {
    name: 'Compta',
    lasts: '30',
    until: '',
    scope: 'all',
    models: [],
    readOnly: false,
    addresses: '',
    proof: PASSWORD,
  });
  const at = (days: number): Caller => ({
    ...caller,
    now: () => new Date(Date.now() + days * 86_400_000),
  });
  await Promise.all([sweepKeys(at(24)), sweepKeys(at(24)), sweepKeys(at(24))]);
  assert.deepEqual(await kinds(), ['new_device', 'api_key_created', 'api_key_expiring']);
  assert.match((await mails())[2]!.subject, /Compta/);
});

test('nobody without an address, archived, or of a house without mail is written to', async () => {
  const paul = await world.person(caller, { login: 'paul', name: 'Paul', email: '' });
  await notify(caller, paul.person.id, 'password_changed');
  await caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', marie.person.id)
    .execute();
  await notify(caller, marie.person.id, 'password_changed');
  mailTo();
  await notify(caller, anne.person.id, 'password_changed');
  assert.deepEqual(await kinds(), []);
  assert.equal((await listNotices(anne)).length, 1);
});

test('what is not about the safety of an account stays in the product', async () => {
  await notify(caller, marie.person.id, 'welcome');
  await notify(caller, marie.person.id, 'api_key_revoked', { name: 'Compta', by: 'Anne' });
  assert.deepEqual(await kinds(), []);
});
