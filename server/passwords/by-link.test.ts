// A new password through a link, on the real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import type { Caller } from '../store/caller.ts';
import { makeLinks } from '../links/links.ts';
import { setByLink } from './by-link.ts';

let world: World;
let caller: Caller;
before(async () => {
  world = await openWorld();
  caller = (await world.tenant()).caller;
});
after(() => world.close());

const wish = { password: `${PASSWORD} encore`, repeated: `${PASSWORD} encore` };

test('a password set through a link leaves a trace with the address it was set from', async () => {
  const marie = await world.person(caller, { login: 'marie@example.be', name: 'Marie' });
  const { id } = marie.person;
  const [link] = await makeLinks(caller, [{ userId: id, purpose: 'reset', way: 'mail' }]);
  await setByLink(caller, link!.token, wish);
  const rows = await caller.db.selectFrom('account_events').selectAll().execute();
  const traces = rows.map(({ user_id, actor_id, kind, data, address }) => ({
    user_id,
    actor_id,
    kind,
    data,
    address,
  }));
  assert.deepEqual(traces, [
    {
      user_id: id,
      actor_id: null,
      kind: 'password_by_link',
      data: { purpose: 'reset' },
      address: '192.0.2.1',
    },
  ]);
});
