// Links that an administrator sends to people: who gets which, what is refused, and what stays when a part is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { openWorld, type World } from '#tests/world.ts';
import { loadLanguage } from '../languages/load.ts';
import { holdInstallation, installation } from '../kernel/installation.ts';
import { readLink } from '../links/links.ts';
import type { Caller, Member } from '../store/caller.ts';
import { previewLinks, sendLinks, sendLinksToAll } from './invite.ts';
import { progressOf } from './sending.ts';

let world: World;
let caller: Caller;
let admin: Member;
/** Access rights, not settings. */
let clerk: Member;
let count = 0;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  for (const code of ['fr_BE', 'de_DE']) await loadLanguage(caller, code);
  clerk = await person({ groups: ['access_rights'] });
});
after(() => world.close());

async function person(wish: object = {}): Promise<Member> {
  const login = `p${(count += 1)}@example.be`;
  return world.person(caller, { login, name: `Persoon ${count}`, password: undefined, ...wish });
}
const id = ({ person }: Member) => person.id;
const ofTenant = (table: 'mails' | 'links' | 'account_events') =>
  caller.db.selectFrom(table).where('tenant', '=', caller.tenant.id);

async function mailsOf(who: Member) {
  return ofTenant('mails')
    .select(['kind', 'subject', 'body_text', 'email_to', 'batch', 'state', 'link_id'] as never[])
    .where('user_id', '=', id(who))
    .orderBy('id')
    .execute() as Promise<
    { kind: string; subject: string; body_text: string; email_to: string; batch: string }[]
  >;
}
async function signedIn(who: Member): Promise<void> {
  await caller.db
    .updateTable('users')
    .set({ last_sign_in_at: new Date() })
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', id(who))
    .execute();
}
async function forgetAddress({ person: { partnerId } }: Member): Promise<void> {
  await caller.db
    .updateTable('partners')
    .set({ email: null })
    .where('tenant', '=', caller.tenant.id)
    .where('id', '=', partnerId)
    .execute();
}

test('who never signed in is invited, who did gets the instructions, each in their own language', async () => {
  const newcomer = await person({ language: 'fr_BE' });
  const outsider = await person({ portal: true, language: 'de_DE' });
  const old = await person();
  await signedIn(old);
  const { batch, people, leaves } = await sendLinks(clerk, [newcomer, outsider, old].map(id));
  assert.deepEqual(
    people.map(({ invited }) => invited),
    [true, true, false],
  );
  assert.equal(leaves, false);
  const [first] = await mailsOf(newcomer);
  assert.equal(first!.kind, 'invitation');
  assert.match(first!.subject, /^Invitation à rejoindre/);
  assert.match(first!.body_text, /144\s+heures|6\s+jours/);
  assert.equal(first!.email_to, newcomer.person.login);
  const [second] = await mailsOf(outsider);
  assert.equal(second!.kind, 'portal_access');
  assert.match(second!.subject, /^Ihr/);
  assert.equal((await mailsOf(old))[0]!.kind, 'password_reset');
  const progress = await progressOf(clerk, batch!);
  assert.deepEqual([progress.total, progress.waiting, progress.leaves], [3, 3, false]);
});

test('each mail has a link of its own, and each person a trace of who sent it', async () => {
  const who = await person();
  await sendLinks(clerk, [id(who)]);
  const links = await ofTenant('links').selectAll().where('user_id', '=', id(who)).execute();
  assert.deepEqual(
    links.map(({ purpose, way, asked_by }) => ({ purpose, way, asked_by })),
    [{ purpose: 'invitation', way: 'mail', asked_by: id(clerk) }],
  );
  const events = await ofTenant('account_events')
    .selectAll()
    .where('user_id', '=', id(who))
    .execute();
  assert.deepEqual(
    events.map(({ kind, actor_id }) => ({ kind, actor_id })),
    [{ kind: 'link_mailed', actor_id: id(clerk) }],
  );
});

test('people without an address are named, the others get theirs; one alone is refused', async () => {
  const [mute, other] = [await person(), await person()];
  await forgetAddress(mute);
  const { without, people } = await sendLinks(admin, [id(mute), id(other)]);
  assert.deepEqual(without, [{ id: id(mute), name: mute.person.name }]);
  assert.deepEqual(
    people.map((one) => one.id),
    [id(other)],
  );
  await assert.rejects(sendLinks(admin, [id(mute)]), { code: 'person_without_email' });
  const preview = await previewLinks(admin, [id(mute), id(other)]);
  assert.deepEqual([preview.invitations, preview.withoutCount], [1, 1]);
});

test('nobody is sent anything when one of them is archived, above the asker or not there', async () => {
  const [good, gone] = [await person(), await person()];
  await ask(admin, 'res.users', 'write', [[id(gone)], { active: false }]);
  const tries: [Member, number, string][] = [
    [admin, id(gone), 'user_archived'],
    [clerk, id(admin), 'person_above'],
    [admin, 2_000_000_000, 'record_missing'],
    [await person(), id(good), 'not_allowed'],
  ];
  for (const [who, other, code] of tries) {
    await assert.rejects(sendLinks(who, [id(good), other]), { code });
    await assert.rejects(
      ask(who, 'res.users', 'action_reset_password', [[id(good), other]]),
      { code },
      `${code} over the wire`,
    );
  }
  assert.deepEqual(await mailsOf(good), []);
  const sent = await sendLinksToAll(clerk, [id(good), id(gone), id(admin)]);
  assert.equal(sent.passedOver, 2);
  assert.equal((await mailsOf(good)).length, 1);
  assert.deepEqual(await mailsOf(gone), []);
});

test('a thousand people are sent links in as many statements as one, and every link works', async () => {
  const { rows } = await caller.db.executeQuery<{ id: number }>({
    ...(await import('kysely')).sql<{ id: number }>`
      with p as (insert into partners (tenant, name, email)
        select ${caller.tenant.id}, 'Lid ' || n, 'lid' || n || '@example.be' from generate_series(1, 1000) n
        returning id, email)
      insert into users (tenant, partner_id, company_id, login)
      select ${caller.tenant.id}, p.id, ${admin.person.companyId}, p.email from p returning id`.compile(
      caller.db,
    ),
  });
  const { batch, people } = await sendLinks(
    admin,
    rows.map((row) => row.id),
  );
  assert.equal(people.length, 1_000);
  assert.equal((await progressOf(admin, batch!)).total, 1_000);
  const mails = await ofTenant('mails')
    .select(['user_id', 'link_id'])
    .where('batch', '=', batch)
    .execute();
  assert.equal(new Set(mails.map(({ link_id }) => link_id)).size, 1_000);
  const links = await ofTenant('links')
    .select(['id', 'user_id'])
    .where(
      'id',
      'in',
      mails.map(({ link_id }) => link_id!),
    )
    .execute();
  const owner = new Map(links.map((link) => [link.id, link.user_id]));
  for (const { user_id, link_id } of mails) assert.equal(owner.get(link_id!), user_id);
});

test('a batch is for who asked for it, and for those who administer the settings', async () => {
  const { batch } = await sendLinks(admin, [id(await person())]);
  await assert.rejects(progressOf(clerk, batch!), { code: 'page_unknown' });
  await assert.rejects(progressOf(admin, 'x'), { code: 'page_unknown' });
  await assert.rejects(progressOf(admin, crypto.randomUUID()), { code: 'page_unknown' });
  const { batch: theirs } = await sendLinks(clerk, [id(await person())]);
  assert.equal((await progressOf(admin, theirs!)).total, 1);
});

test('with a server of the operator mail leaves', async () => {
  const before = installation();
  holdInstallation({ ...before, smtpUrl: 'smtp://localhost' } as never);
  try {
    const { leaves } = await sendLinks(admin, [id(await person())]);
    assert.equal(leaves, true);
  } finally {
    holdInstallation(before);
  }
});

test('over the wire: who signed in gets instructions, `create_user` invites, nobody goes without', async () => {
  const who = await person();
  const action = await ask(admin, 'res.users', 'action_reset_password', [[id(who)]]);
  assert.equal((action as { tag: string }).tag, 'display_notification');
  const context = { create_user: 1 };
  await ask(admin, 'res.users', 'action_reset_password', [[id(who)]], { context });
  assert.deepEqual(
    (await mailsOf(who)).map(({ kind }) => kind),
    ['password_reset', 'invitation'],
  );
  const mute = await person();
  await forgetAddress(mute);
  await assert.rejects(ask(admin, 'res.users', 'action_reset_password', [[id(who), id(mute)]]), {
    code: 'person_without_email',
  });
  assert.equal((await mailsOf(who)).length, 2);
});

test('whoever is made over the wire is invited, unless the program says otherwise', async () => {
  const make = async (values: object, context: object = {}) => {
    const login = `n${(count += 1)}@example.be`;
    const made = { name: login, login, email: login, ...values };
    const made_id = (await ask(admin, 'res.users', 'create', [made], { context })) as number;
    const rows = await ofTenant('mails').select('kind').where('user_id', '=', made_id).execute();
    return { id: made_id, kinds: rows.map(({ kind }) => kind) };
  };
  const invited = await make({});
  assert.deepEqual(invited.kinds, ['invitation']);
  assert.deepEqual((await make({}, { no_reset_password: true })).kinds, []);
  assert.deepEqual((await make({ email: false })).kinds, []);
  assert.deepEqual((await make({ password: 'zeven groene bussen dansen' })).kinds, []);
  const copies = (await ask(admin, 'res.users', 'copy', [
    [invited.id],
    { login: 'kopie@example.be', email: 'kopie@example.be' },
  ])) as number[] | number;
  const mails = await ofTenant('mails')
    .select('kind')
    .where('user_id', 'in', [copies].flat())
    .execute();
  assert.deepEqual(mails, []);
});

test('a link that was sent replaces the older one of the same purpose', async () => {
  const who = await person();
  await sendLinks(admin, [id(who)]);
  await sendLinks(admin, [id(who)]);
  const links = await ofTenant('links')
    .select(['ending'])
    .where('user_id', '=', id(who))
    .orderBy('id')
    .execute();
  assert.deepEqual(
    links.map(({ ending }) => ending),
    ['replaced', null],
  );
  await assert.rejects(readLink(caller, 'nothing'), { code: 'link_dead' });
});
