// Programs that call again and again are answered in one round trip. Whatever changes of who they are and
// may do holds at the very next call all the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Member } from '#server/store/caller.ts';
import { PASSWORD } from '../world.ts';
import { keyOf, openStage, type Stage } from './stage.ts';

let stage: Stage;
let wentAhead = 0;
before(async () => {
  stage = await openStage();
  const { store } = stage.world;
  const { ahead } = store;
  store.ahead = (...given) => {
    wentAhead += 1;
    return ahead(...given);
  };
});
after(() => stage.close());

interface Somebody {
  administrator: Member;
  key: string;
}

async function somebody(): Promise<Somebody> {
  const { administrator } = await stage.world.tenant();
  return { administrator, key: await keyOf(stage, administrator) };
}

async function post(path: string, headers: Record<string, string>, body: object) {
  const answer = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** Reads the administrator's own login over JSON-2. */
const read = ({ administrator: { person, tenant }, key }: Somebody) =>
  post(
    '/json/2/res.users/read',
    { authorization: `bearer ${key}`, 'x-odoo-database': tenant.name },
    { ids: [person.id], fields: ['login'] },
  );

/** Reads until calls go ahead. */
async function settle(who: Somebody): Promise<void> {
  for (let round = 0; round < 3; round++) assert.equal((await read(who)).status, 200);
  const before = wentAhead;
  const { status, text } = await read(who);
  assert.equal(wentAhead, before + 1);
  assert.deepEqual(
    [status, JSON.parse(text)],
    [200, [{ id: who.administrator.person.id, login: who.administrator.person.login }]],
  );
}

const changes: [string, number, (who: Somebody) => Promise<unknown>][] = [
  [
    'a key that was deleted',
    401,
    ({ administrator: { db } }) => sql`delete from api_keys where true or ${0} = 0`.execute(db),
  ],
  [
    'a key that ended',
    401,
    ({ administrator: { db } }) =>
      sql`update api_keys set expires_at = now() - interval '1 second'`.execute(db),
  ],
  [
    'an archived owner',
    401,
    ({ administrator: { db, person } }) =>
      sql`update users set active = false where id = ${person.id}`.execute(db),
  ],
  [
    'a database that goes by another name',
    404,
    ({ administrator: { tenant } }) =>
      sql`update tenants set name = ${`${tenant.name}-former`} where id = ${tenant.id}`.execute(
        stage.world.store.installation,
      ),
  ],
  [
    'a key that reaches other models only',
    403,
    ({ administrator: { db } }) =>
      sql`update api_keys set models = array['res.partner']`.execute(db),
  ],
  [
    'groups that are gone',
    403,
    ({ administrator: { db, person } }) =>
      sql`delete from group_users where user_id = ${person.id}`.execute(db),
  ],
];

for (const [name, status, change] of changes)
  test(`${name}: the very next call knows`, async () => {
    const who = await somebody();
    await settle(who);
    await change(who);
    const answer = await read(who);
    assert.ok([status, 401].includes(answer.status), `${answer.status} ${answer.text}`);
    assert.doesNotMatch(answer.text, /"login":/);
  });

test('rights that are gone: the very next call knows', async () => {
  const who = await somebody();
  await settle(who);
  const count = () =>
    post(
      '/json/2/res.partner/search_count',
      { authorization: `bearer ${who.key}`, 'x-odoo-database': who.administrator.tenant.name },
      { domain: [] },
    );
  assert.equal((await count()).status, 200);
  await sql`update model_access set active = false`.execute(who.administrator.db);
  assert.equal((await count()).status, 403);
});

test('another’s number with one’s own key is refused, however often the key was used', async () => {
  const who = await somebody();
  const { tenant, person } = who.administrator;
  const other = await stage.world.person(who.administrator, { login: 'other@example.be' });
  const call = (uid: unknown) =>
    post(
      '/jsonrpc',
      {},
      {
        jsonrpc: '2.0',
        id: 1,
        params: {
          service: 'object',
          method: 'execute_kw',
          args: [tenant.name, uid, who.key, 'res.users', 'read', [[person.id], ['login']]],
        },
      },
    );
  for (let round = 0; round < 3; round++) assert.match((await call(person.id)).text, /"login":/);
  for (const uid of [other.person.id, true, null, -1])
    assert.match((await call(uid)).text, /AccessDenied/);
});

test('a session that was ended, and one whose person changed, are seen at the next call', async () => {
  const { administrator } = await somebody();
  const { person, tenant, db } = administrator;
  const opened = await post(
    '/web/session/authenticate',
    {},
    {
      params: { db: tenant.name, login: person.login, password: PASSWORD },
    },
  );
  const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!;
  const own = () =>
    post(
      '/web/dataset/call_kw',
      { cookie },
      {
        params: { model: 'res.users', method: 'read', args: [[person.id], ['name']], kwargs: {} },
      },
    );
  for (let round = 0; round < 3; round++) assert.match((await own()).text, /"result"/);
  const before = wentAhead;
  await own();
  assert.equal(wentAhead, before + 1);
  await sql`update partners set name = 'Changed' where id = ${person.partnerId}`.execute(db);
  assert.match((await own()).text, /"name":"Changed"/);
  const mustChange = (must: boolean) =>
    sql`update users set must_change_password = ${must} where id = ${person.id}`.execute(db);
  await own();
  await mustChange(true);
  for (let round = 0; round < 3; round++) assert.doesNotMatch((await own()).text, /"result"/);
  await mustChange(false);
  assert.match((await own()).text, /"result"/);
  await sql`delete from sessions where user_id = ${person.id}`.execute(db);
  assert.match((await own()).text, /SessionExpired/);
});

test('a call that writes does not go ahead', async () => {
  const who = await somebody();
  await settle(who);
  const before = wentAhead;
  const { status } = await post(
    '/json/2/res.partner/create',
    { authorization: `bearer ${who.key}`, 'x-odoo-database': who.administrator.tenant.name },
    { vals_list: [{ name: 'Poterie' }] },
  );
  assert.deepEqual([status, wentAhead], [200, before]);
});
