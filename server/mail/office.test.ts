// The office: mails leave by themselves, once, however many offices there are and whoever of them is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { holdInstallation } from '#server/kernel/installation.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { openMailServer } from '#tests/mail/mail-server.ts';
import { until } from '#tests/server.ts';
import { openWorld, type World } from '#tests/world.ts';
import { deliver } from './delivery.ts';
import { openOffice, type Chore, type Office } from './office.ts';
import { post } from './post.ts';
import { readersOf } from './readers.ts';
import { tenantsWithMail } from './waiting.ts';

let world: World;

before(async () => {
  world = await openWorld();
});
after(() => world.close());

const mail: Chore = { name: 'mail', waiting: tenantsWithMail, run: deliver, workers: 2 };

/** An office for these tenants alone: the database is shared with other tests. */
const officeFor = (callers: Caller[], chore: Chore = mail): Promise<Office> =>
  openOffice(world.store, {
    chores: [chore],
    only: callers.map(({ tenant }) => tenant.name),
    onError: (error) => assert.fail(String(error)),
  });

async function postTo({ person, ...caller }: Member, count: number): Promise<void> {
  const [reader] = await readersOf({ ...caller, person }, [person.id]);
  const letter = { kind: 'test', reader: reader!, values: { when: 'now' } } as const;
  await post(
    { ...caller, person },
    Array.from({ length: count }, () => letter),
  );
}

test('two offices deliver the mail of two tenants, each mail once', async () => {
  const server = await openMailServer();
  holdInstallation({ url: 'http://localhost:8069', mailHosts: [], smtpUrl: server.url });
  const one = await world.tenant();
  const two = await world.tenant();
  const callers = [one.caller, two.caller];
  const offices = await Promise.all([officeFor(callers), officeFor(callers)]);
  try {
    await postTo(one.administrator, 60);
    await postTo(two.administrator, 60);
    await until(async () => server.accepted.length >= 120, 30);
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(server.accepted.length, 120);
    assert.equal(new Set(server.accepted.map(({ messageId }) => messageId)).size, 120);
    await postTo(one.administrator, 1);
    await until(async () => server.accepted.length >= 121, 5);
  } finally {
    await Promise.all(offices.map((office) => office.close()));
    await server.close();
  }
});

test('a tenant is worked for by one worker at a time, and each worker is handed its own tenant', async () => {
  const one = await world.tenant();
  const two = await world.tenant();
  const both = [one.caller.tenant.id, two.caller.tenant.id];
  const active = new Map<number, number>();
  const done: number[] = [];
  const chore: Chore = {
    name: 'once',
    workers: 3,
    waiting: async () => both,
    run: async ({ tenant, db }) => {
      assert.equal(active.get(tenant.id) ?? 0, 0);
      active.set(tenant.id, 1);
      const seen = await db.selectFrom('users').select('tenant').distinct().execute();
      assert.deepEqual(seen, [{ tenant: tenant.id }]);
      await new Promise((resolve) => setTimeout(resolve, 60));
      active.set(tenant.id, 0);
      done.push(tenant.id);
    },
  };
  const callers = [one.caller, two.caller];
  const offices = await Promise.all([officeFor(callers, chore), officeFor(callers, chore)]);
  await until(async () => both.every((id) => done.filter((one) => one === id).length > 2), 20);
  await Promise.all(offices.map((office) => office.close()));
});
