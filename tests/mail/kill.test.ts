// The server is killed three times while it delivers a thousand mails: none is lost, and no more are doubled
// than it had connections.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { post } from '#server/mail/post.ts';
import { readersOf } from '#server/mail/readers.ts';
import { CONNECTIONS } from '#server/mail/transport.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { startServer, until } from '../server.ts';
import { openWorld, type World } from '../world.ts';
import { openMailServer, type MailServer } from './mail-server.ts';

const MAILS = 1_000;
const KILLS = [150, 400, 700];

let world: World;
let caller: Caller;
let administrator: Member;
let mail: MailServer;
let folder: string;

before(async () => {
  world = await openWorld();
  ({ caller, administrator } = await world.tenant());
  mail = await openMailServer();
  folder = await mkdtemp(join(tmpdir(), 'huis-kill-'));
});
after(async () => {
  await mail.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const start = () =>
  startServer({
    DATABASE_URL: world.store.url,
    HUIS_DATA: folder,
    HUIS_OFFICE: caller.tenant.name,
    HUIS_SMTP_URL: mail.url,
  });

async function postAll(): Promise<void> {
  const [reader] = await readersOf(caller, [administrator.person.id]);
  const letter = { kind: 'test', reader: reader!, values: { when: new Date() } } as const;
  await post(
    administrator,
    Array.from({ length: MAILS }, () => letter),
  );
}

/** Two minutes later: what the dead had taken is nobody's again. */
async function endLeases(): Promise<void> {
  await sql`update mails set leased_until = now() where tenant = ${caller.tenant.id}
    and state = 'outgoing' and leased_until is not null`.execute(caller.db);
}

async function left(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from mails
    where tenant = ${caller.tenant.id} and state <> 'sent'`.execute(caller.db);
  return rows[0]!.count;
}

test('a thousand mails and three kills: none lost, at most one doubled a connection and kill', async () => {
  await postAll();
  for (const many of KILLS) {
    const server = await start();
    await until(async () => mail.accepted.length >= many, 90);
    await server.kill();
    assert.ok(mail.accepted.length < MAILS, 'it was killed in the middle');
    await endLeases();
  }
  const server = await start();
  try {
    await until(async () => (await left()) === 0, 120);
  } finally {
    await server.stop();
  }
  const ids = new Set(mail.accepted.map(({ messageId }) => messageId));
  assert.equal(ids.size, MAILS);
  const doubled = mail.accepted.length - MAILS;
  assert.ok(doubled <= KILLS.length * CONNECTIONS, `${doubled} were doubled`);
});
