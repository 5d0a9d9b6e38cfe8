// Devices as clients see them, and taking one away.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import type { Member } from '../store/caller.ts';
import { describeDevice } from './devices.ts';

let world: World;
let admin: Member;
let ines: Member;
let jan: Member;
before(async () => {
  world = await openWorld();
  const made = await world.tenant();
  admin = made.administrator;
  ines = await world.person(made.caller, { login: 'ines' });
  jan = await world.person(made.caller, { login: 'jan' });
});
after(() => world.close());

async function session({ db, tenant, person }: Member, userAgent: string): Promise<number> {
  const { number } = await db
    .insertInto('sessions')
    .values({
      tenant: tenant.id,
      token_hash: randomBytes(32),
      user_id: person.id,
      address: '192.0.2.7',
      user_agent: userAgent,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

const call = (who: Member, method: string, ...args: unknown[]) =>
  execute(who, { model: 'res.device', method, args, kwargs: {} });

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
  'python-requests/2.32',
];

test('the statement names devices as the pages do', async () => {
  for (const agent of agents) {
    const id = await session(jan, agent);
    const [row] = (await call(jan, 'read', [id])) as Record<string, unknown>[];
    const { browser, system, kind } = describeDevice(agent);
    assert.equal(row!.browser || null, browser, agent);
    assert.equal(row!.platform || null, system, agent);
    const mobile = kind === 'phone' || kind === 'tablet';
    assert.equal(row!.device_type, mobile ? 'mobile' : 'computer', agent);
  }
});

test('one sees and revokes one’s own, an administrator everybody’s', async () => {
  const mine = await session(ines, agents[0]!);
  const theirs = await session(jan, agents[0]!);
  assert.deepEqual(await call(ines, 'search', [['id', 'in', [mine, theirs]]]), [mine]);
  await assert.rejects(call(ines, 'revoke', [mine, theirs]), { code: 'session_unknown' });
  assert.equal(await call(ines, 'search_count', [['id', '=', mine]]), 1);
  assert.equal(await call(ines, 'revoke', [mine]), true);
  assert.equal(await call(ines, 'search_count', [['id', '=', mine]]), 0);
  await call(admin, 'revoke', [theirs]);
  assert.equal(await call(admin, 'search_count', [['id', '=', theirs]]), 0);
});
