// What helpers see of links and of what was done to accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asMember, openWorld, type World } from '#tests/world.ts';
import { holdInstallation } from '../kernel/installation.ts';
import { endLinks, makeLinks, noteOpened, type Wish } from '../links/links.ts';
import { waitingForMail } from '../mail/ready.ts';
import { execute } from '../models/execute.ts';
import { ask, settleRequests } from '../passwords/reset.ts';
import { ACCESS_RIGHTS, type Caller, type Member } from '../store/caller.ts';
import { readUser } from './screen.ts';

let world: World;
let caller: Caller;
let helper: Member;
let marie: Member;
before(async () => {
  world = await openWorld();
  ({ caller } = await world.tenant());
  marie = await world.person(caller, { login: 'marie', name: 'Marie', email: 'm@example.be' });
  await world.person(caller, { login: 'helper', name: 'Hélène', groups: [ACCESS_RIGHTS] });
  helper = await asMember(caller, 'helper');
});
after(() => world.close());

const url = 'http://localhost:8069';

async function history() {
  const screen = await readUser(helper, marie.person.id, new URLSearchParams());
  return screen.security!.history!;
}

const states = async () => (await history()).links.map(({ state }) => state);

const make = async (wish: Partial<Wish> = {}, from: Caller = caller) => {
  const whole: Wish = { userId: marie.person.id, purpose: 'reset', way: 'mail', ...wish };
  return (await makeLinks(from, [whole]))[0]!;
};

const setMail = (linkId: number, values: object) =>
  caller.db
    .updateTable('mails')
    .set(values)
    .where('tenant', '=', caller.tenant.id)
    .where('link_id', '=', linkId)
    .execute();

test('a request waits in sight, then its link goes from queued to its end', async () => {
  holdInstallation({ url, mailHosts: [] });
  await ask(caller, { name: ' M@example.be', language: 'fr_BE' });
  await settleRequests(caller);
  assert.equal((await history()).waits, true);
  holdInstallation({ url, mailHosts: [], smtpUrl: 'smtp://mail.invalid' });
  await settleRequests(caller);
  const asked = await history();
  assert.deepEqual([asked.waits, asked.links.length], [false, 1]);
  assert.deepEqual(
    [asked.links[0]!.state, asked.links[0]!.askedBy, asked.links[0]!.way],
    ['queued', null, 'mail'],
  );
  assert.equal(asked.events[0]!.kind, 'reset_asked');

  const { id } = asked.links[0]!;
  await setMail(id, { state: 'exception', failure_reason: 'no' });
  assert.deepEqual(await states(), ['failed']);
  await setMail(id, { state: 'sent', sent_at: new Date() });
  assert.deepEqual(await states(), ['sent']);
});

test('opened, expired, replaced and changed are told apart, and who asked', async () => {
  const opened = await make({ purpose: 'invitation', way: 'copy' }, helper);
  assert.deepEqual((await states())[0], 'made');
  assert.equal((await history()).links[0]!.askedBy, 'Hélène');
  await noteOpened(caller, opened.token);
  assert.deepEqual((await states())[0], 'opened');
  await make({ purpose: 'invitation', way: 'letter' }, helper);
  assert.deepEqual((await states()).slice(0, 2), ['made', 'replaced']);
  await caller.db
    .updateTable('links')
    .set({ expires_at: new Date(0) })
    .where('tenant', '=', caller.tenant.id)
    .where('way', '=', 'letter')
    .execute();
  assert.deepEqual((await states())[0], 'expired');
  await make();
  await endLinks(caller, [marie.person.id]);
  assert.deepEqual((await states())[0], 'changed');
});

test('helpers read the list of links, without any secret; others do not', async () => {
  const read = (who: Member) =>
    execute(who, {
      model: 'huis.link',
      method: 'search_read',
      args: [],
      kwargs: {},
    }) as Promise<Record<string, unknown>[]>;
  const { token } = await make();
  const rows = await read(helper);
  assert.ok(rows.length > 3);
  assert.ok(!JSON.stringify(rows).includes(token));
  assert.ok(!Object.keys(rows[0]!).some((name) => /token|hash|secret/.test(name)));
  await assert.rejects(read(marie), { code: 'access_model' });
});

test('while mail does not leave, administrators are told how much waits', async () => {
  const { caller: quiet } = await world.tenant();
  holdInstallation({ url, mailHosts: [] });
  await ask(quiet, { name: 'admin', language: 'fr_BE' });
  assert.deepEqual(await waitingForMail(quiet), { mails: 0, requests: 1 });
  holdInstallation({ url, mailHosts: [], smtpUrl: 'smtp://mail.invalid' });
  assert.equal(await waitingForMail(quiet), null);
});
