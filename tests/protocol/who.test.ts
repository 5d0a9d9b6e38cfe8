// Who a program is: names, passwords and numbers, told once and said over XML-RPC and JSON-RPC.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Caller, Member } from '#server/store/caller.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';
import { overJson, overXml, type Talk, type Told } from './talk.ts';

let stage: Stage;
let caller: Caller;
let administrator: Member;
let talks: Talk[];
let db: string;
before(async () => {
  stage = await openStage();
  ({ caller, administrator } = await stage.world.tenant());
  db = caller.tenant.name;
  talks = [overXml(stage.url), overJson(stage.url)];
});
after(() => stage.close());

/** Tells the story over each protocol, to a person of their own. */
function told(name: string, story: (talk: Talk, member: Member) => Promise<void>) {
  for (const [nth, protocol] of ['XML-RPC', 'JSON-RPC'].entries())
    test(`${name}, over ${protocol}`, async () => {
      counted += 1;
      const login = `person${counted}@example.be`;
      const groups = ['base.group_user'];
      const member = await stage.world.person(caller, { login, name: 'Piet', groups });
      await story(talks[nth]!, member);
    });
}
let counted = 0;

const execute = (talk: Talk, uid: unknown, password: unknown, method = 'search_count') =>
  talk.call('object', 'execute_kw', [db, uid, password, 'res.users', method, [[]], {}]);

const refused = (code: number) => (error: Told) => {
  assert.equal(error.code, error.kind ? 200 : code);
  return true;
};
const denied = (error: Told) => {
  assert.equal(error.message, 'Access Denied');
  return refused(3)(error);
};

async function signIns(member: Member): Promise<number> {
  const rows = await caller.db
    .selectFrom('sign_ins')
    .select('id')
    .where('tenant', '=', caller.tenant.id)
    .where('user_id', '=', member.person.id)
    .execute();
  return rows.length;
}

told('the version needs no credentials', async (talk) => {
  assert.deepEqual(await talk.call('common', 'version', []), {
    server_version: '18.0',
    server_version_info: [18, 0, 0, 'final', 0, ''],
    server_serie: '18.0',
    protocol_version: 1,
  });
  assert.equal(await talk.call('db', 'server_version', []), '18.0');
  assert.match(String(await talk.call('common', 'about', [])), /Huis/);
});

told('the right password answers the number and notes the sign-in', async (talk, member) => {
  const { id, login } = member.person;
  assert.equal(await talk.call('common', 'authenticate', [db, login, PASSWORD, {}]), id);
  assert.equal(await talk.call('common', 'login', [db, login, PASSWORD]), id);
  assert.equal(await signIns(member), 2);
});

told('anything else answers false, never a fault', async (talk, member) => {
  const { login } = member.person;
  const ask = (...args: unknown[]) => talk.call('common', 'authenticate', [...args, {}]);
  assert.equal(await ask(db, login, 'wrong'), false);
  assert.equal(await ask(db, 'nobody', PASSWORD), false);
  assert.equal(await ask(db, 'long'.repeat(200), PASSWORD), false);
  assert.equal(await ask(db, 7, PASSWORD), false);
  assert.equal(await signIns(member), 0);
});

told(
  'an empty password is an assertion, and an unknown database an error',
  async (talk, member) => {
    const { login, id } = member.person;
    await assert.rejects(talk.call('common', 'authenticate', [db, login, '', {}]), refused(1));
    await assert.rejects(talk.call('common', 'authenticate', ['nope', login, PASSWORD, {}]), {
      message: /database "nope" does not exist/,
    });
    await assert.rejects(talk.call('common', 'authenticate', [db, login, PASSWORD]), {
      message: /missing 1 required positional argument: 'user_agent_env'/,
    });
    await assert.rejects(execute(talk, id, ''), denied);
  },
);

told('a call needs the number that belongs to the password', async (talk, member) => {
  const { id } = member.person;
  await assert.rejects(execute(talk, id, 'wrong'), denied);
  await assert.rejects(execute(talk, administrator.person.id + 100_000, PASSWORD), denied);
  await assert.rejects(execute(talk, 0, PASSWORD), denied);
  await assert.rejects(execute(talk, 'admin', PASSWORD), denied);
  await assert.rejects(execute(talk, true, PASSWORD), denied);
  await assert.rejects(execute(talk, id, null), denied);
  await assert.rejects(execute(talk, String(id), PASSWORD, '_private'), refused(4));
  assert.equal(await signIns(member), 0);
});

told('archiving and a new password end it at the next call', async (talk, member) => {
  const { id } = member.person;
  const change = (set: { active?: boolean; password_hash?: string }) =>
    caller.db
      .updateTable('users')
      .set(set)
      .where('tenant', '=', caller.tenant.id)
      .where('id', '=', id)
      .execute();
  const knows = () => assert.rejects(execute(talk, id, PASSWORD, '_private'), refused(4));
  await knows();
  await change({ active: false });
  await assert.rejects(execute(talk, id, PASSWORD), denied);
  await change({ active: true });
  await knows();
  await change({ password_hash: '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA' });
  await assert.rejects(execute(talk, id, PASSWORD), denied);
});

told('wrong tries are slowed down, right ones in a burst are not', async (talk, member) => {
  const { id, login } = member.person;
  const burst = await Promise.allSettled(
    Array.from({ length: 30 }, () => execute(talk, id, PASSWORD)),
  );
  assert.deepEqual(
    burst.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
    [],
  );
  for (let i = 0; i < 6; i += 1) await assert.rejects(execute(talk, id, `wrong ${i}`));
  await assert.rejects(execute(talk, id, 'wrong again'), (error: Told) => {
    assert.match(error.message, /Too many tries/);
    return refused(3)(error);
  });
  assert.equal(await talk.call('common', 'authenticate', [db, login, 'wrong', {}]), false);
  // Who was verified before goes on: the pause is for those who guess.
  await assert.rejects(execute(talk, id, PASSWORD, '_private'), refused(4));
});

told('the database service lists and no more', async (talk) => {
  assert.equal(await talk.call('db', 'db_exist', [db]), true);
  assert.equal(await talk.call('db', 'db_exist', ['nope']), false);
  assert.ok(((await talk.call('db', 'list', [])) as string[]).includes(db));
  const languages = (await talk.call('db', 'list_lang', [])) as [string, string][];
  assert.ok(languages.some(([code]) => code === 'fr_BE'));
  await assert.rejects(talk.call('db', 'drop', ['admin', db]), denied);
  await assert.rejects(talk.call('db', 'dump', ['admin', db, 'zip']), denied);
});

told('unknown names are errors in the words clients know', async (talk, member) => {
  const { id } = member.person;
  await assert.rejects(talk.call('common', 'nope', []), { message: /Method not found: nope/ });
  await assert.rejects(talk.call('object', 'nope', []), { message: /Method not available nope/ });
  await assert.rejects(talk.call('nope', 'x', []), { message: /'nope'/ });
  await assert.rejects(talk.call('object', 'execute_kw', [db, id]), {
    message: /missing 4 required positional arguments: 'passwd', 'obj', 'method', 'args'/,
  });
  await assert.rejects(
    talk.call('object', 'execute', [db, id, PASSWORD, 'no.such', 'read']),
    (error: Told) => {
      assert.equal(error.message, "Object no.such doesn't exist");
      assert.ok(error.kind === null || error.kind === 'odoo.exceptions.UserError');
      return refused(2)(error);
    },
  );
});
