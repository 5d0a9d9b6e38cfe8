// A co-operative's own words: which count for whom, what is refused, and what becomes of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { loadLanguage } from '../languages/load.ts';
import type { Caller, Member } from '../store/caller.ts';
import { makeLinks } from '../links/links.ts';
import type { MailKind } from './kinds.ts';
import { blotted } from './live.ts';
import { post } from './post.ts';
import { readersOf } from './readers.ts';
import { previewWords, sendTrial } from './trial.ts';
import {
  checkWords,
  listWordings,
  placeOf,
  readWording,
  restoreOriginal,
  saveWording,
} from './wordings.ts';

let world: World;
let caller: Caller;
let administrator: Member;
before(async () => {
  world = await openWorld();
  ({ caller, administrator } = await world.tenant({ language: 'fr_BE' }));
  for (const code of ['fr_BE', 'fr_FR', 'nl_BE']) await loadLanguage(caller, code);
});
after(() => world.close());

const place = (kind: MailKind, language: string) => ({ kind, language });
const state = async (kind: MailKind, language: string) =>
  (await readWording(administrator, place(kind, language))).state;

/** The newest mail as it is stored. */
async function newest() {
  return caller.db
    .selectFrom('mails')
    .selectAll()
    .where('tenant', '=', caller.tenant.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

/** Posts a notice of a changed password to a new person of this language; answers the stored mail. */
async function written(login: string, language: string | null, by: Caller = caller) {
  const { person } = await world.person(caller, { login, language, name: 'Noor', email: login });
  const [reader] = await readersOf(by, [person.id]);
  await post(by, [{ kind: 'password_changed', reader: reader!, values: { when: by.now() } }]);
  return newest();
}

test('a mail is in its reader’s language, whoever asks', async () => {
  const mail = await written('nl@example.be', 'nl_BE', { ...administrator, language: 'en_US' });
  assert.equal(mail.subject, 'Uw wachtwoord bij Les Petits Pots is gewijzigd');
  assert.match(mail.body_html, /<html lang="nl-BE" dir="ltr">/);
  const unset = await written('none@example.be', null);
  assert.match(unset.body_html, /<html lang="fr-BE"/);
});

test('own words count for their language, then for its regions, and go away again', async () => {
  const general = { subject: 'Général {name}', body: 'Pour {login} <b>{cooperative}</b>' };
  await saveWording(administrator, place('password_changed', 'fr_FR'), general);
  const mail = await written('be@example.be', 'fr_BE');
  assert.equal(mail.subject, 'Général Noor');
  assert.match(mail.body_html, /Pour be@example\.be &#60;b&#62;Les Petits Pots&#60;\/b&#62;/);
  assert.match(mail.body_text, /Ce n’était pas vous/);
  assert.equal(await state('password_changed', 'fr_BE'), 'shared');
  assert.equal(await state('password_changed', 'nl_BE'), 'original');

  const belgian = { subject: 'Belge', body: 'Septante' };
  await saveWording(administrator, place('password_changed', 'fr_BE'), belgian);
  assert.equal((await written('be2@example.be', 'fr_BE')).subject, 'Belge');
  assert.equal((await written('fr@example.be', 'fr_FR')).subject, 'Général Noor');
  const { states } = await listWordings(administrator);
  const told = states.filter(
    ({ kind, state: one }) => kind === 'password_changed' && one === 'own',
  );
  assert.deepEqual(told.map(({ language }) => language).sort(), ['fr_BE', 'fr_FR']);

  await restoreOriginal(administrator, place('password_changed', 'fr_BE'));
  await restoreOriginal(administrator, place('password_changed', 'fr_FR'));
  assert.equal(await state('password_changed', 'fr_BE'), 'original');
  assert.match((await written('be3@example.be', 'fr_BE')).subject, /^Votre mot de passe/);
});

test('words that are the original’s are not kept, unless they undo those of the main region', async () => {
  const { original } = await readWording(administrator, place('test', 'fr_BE'));
  await saveWording(administrator, place('test', 'fr_BE'), {
    ...original,
    body: `${original.body}\r\n`,
  });
  assert.equal(await state('test', 'fr_BE'), 'original');
  await saveWording(administrator, place('test', 'fr_FR'), { subject: 'S', body: 'B' });
  await saveWording(administrator, place('test', 'fr_BE'), original);
  assert.equal(await state('test', 'fr_BE'), 'own');
});

test('it is told when the original has changed since, until the words are saved again', async () => {
  const here = place('new_device', 'fr_BE');
  const words = { subject: 'Appareil', body: '{device}' };
  await saveWording(administrator, here, words);
  assert.equal(await state('new_device', 'fr_BE'), 'own');
  await caller.db
    .updateTable('mail_wordings')
    .set({ original: 'of an older release' })
    .where('tenant', '=', caller.tenant.id)
    .where('kind', '=', 'new_device')
    .execute();
  assert.equal(await state('new_device', 'fr_BE'), 'changed');
  await saveWording(administrator, here, words);
  assert.equal(await state('new_device', 'fr_BE'), 'own');
});

test('words that could not be sent are refused, by name', () => {
  const refused = (kind: MailKind, words: { subject?: string; body?: string }) => {
    try {
      checkWords(kind, { subject: 'S', body: '{link}', ...words });
      return 'taken';
    } catch (caught) {
      if (!isRefusal(caught)) throw caught;
      return [caught.code, caught.field, caught.values.name].filter(Boolean).join(' ');
    }
  };
  assert.equal(refused('password_reset', {}), 'taken');
  assert.equal(refused('password_reset', { body: 'a\n{link}\nb { life }' }), 'taken');
  assert.equal(refused('password_reset', { subject: ' \n ' }), 'wording_subject_missing subject');
  assert.equal(refused('password_reset', { body: '' }), 'wording_body_missing body');
  assert.equal(refused('password_reset', { subject: 'x'.repeat(201) }), 'text_too_long subject');
  assert.equal(refused('password_reset', { body: 'x'.repeat(5_001) }), 'text_too_long body');
  assert.equal(refused('password_reset', { body: 'Hello' }), 'wording_link_missing body');
  assert.equal(
    refused('password_reset', { body: 'at https://evil.example/{link}' }),
    'wording_link_inside body',
  );
  assert.equal(refused('password_reset', { subject: '{link}' }), 'wording_link_inside subject');
  assert.equal(
    refused('password_reset', { body: '{link}\n\n{nom}' }),
    'wording_placeholder body nom',
  );
  assert.equal(
    refused('password_reset', { body: '{link}\n\n{constructor}' }),
    'wording_placeholder body constructor',
  );
  assert.equal(
    refused('password_reset', { subject: '{device}' }),
    'wording_placeholder subject device',
  );
  assert.equal(refused('password_changed', { body: '{link}' }), 'wording_placeholder body link');
});

test('only who may change the settings reads, saves, restores, looks and tries', async () => {
  const plain = await world.person(caller, {
    login: 'plain@example.be',
    email: 'plain@example.be',
  });
  const here = place('test', 'fr_BE');
  const words = { subject: 'S', body: 'B' };
  for (const act of [
    () => listWordings(plain),
    () => placeOf(plain, 'test', 'fr_BE'),
    () => readWording(plain, here),
    () => saveWording(plain, here, words),
    () => restoreOriginal(plain, here),
    () => previewWords(plain, here, words),
    () => sendTrial(plain, here, words),
  ])
    await assert.rejects(act, (caught) => isRefusal(caught, 'not_allowed'));
  for (const [kind, language] of [
    ['none', 'fr_BE'],
    ['test', 'de_DE'],
    ['toString', 'fr_BE'],
  ] as const)
    await assert.rejects(placeOf(administrator, kind, language), (caught) =>
      isRefusal(caught, 'wording_unknown'),
    );
});

test('own words of one co-operative are nobody else’s', async () => {
  const other = await world.tenant({ language: 'fr_BE' });
  await saveWording(administrator, place('invitation', 'fr_BE'), {
    subject: 'Ici',
    body: '{link}',
  });
  const there = await readWording(other.administrator, place('invitation', 'fr_BE'));
  assert.equal(there.state, 'original');
});

test('a look shows what is typed; a trial goes to oneself, marked, with a dead link', async () => {
  const words = { subject: 'Bienvenue {name}', body: 'Par ici, {login} :\n\n{link}' };
  const here = place('invitation', 'nl_BE');
  const { html, text } = await previewWords(administrator, here, words);
  assert.match(html, /<html lang="nl-BE"/);
  assert.match(text, /Par ici, admin :/);
  const sent = await sendTrial(administrator, here, words);
  assert.deepEqual(sent, { to: 'admin@example.be', leaves: false });
  const mail = await newest();
  assert.equal(mail.subject, '[Proef] Bienvenue Anne Administratrice');
  assert.equal(mail.email_to, 'admin@example.be');
  assert.equal(mail.user_id, administrator.person.id);
  assert.equal(mail.secret, null);
  assert.equal(mail.link_id, null);
  assert.match(mail.body_text, /\/web\/signup\?db=[\w-]+&token=••••••••\n/);
  assert.equal(await state('invitation', 'nl_BE'), 'original');
});

test('a stored mail never holds its token', async () => {
  const { person } = await world.person(caller, {
    login: 'secret@example.be',
    email: 'secret@example.be',
  });
  const [reader] = await readersOf(caller, [person.id]);
  const [link] = await makeLinks(caller, [{ userId: person.id, purpose: 'reset', way: 'mail' }]);
  await post(caller, [{ kind: 'password_reset', reader: reader!, link }]);
  const mail = await newest();
  assert.ok(!JSON.stringify({ ...mail, secret: null }).includes(link!.token));
  assert.ok(mail.body_text.includes(blotted(`http://localhost:8069${link!.path}`)));
  assert.match(mail.body_text, /24\sheures/);
});
