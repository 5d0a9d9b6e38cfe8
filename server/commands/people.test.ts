// huis user and huis language, as an operator's script meets them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { huis } from '#tests/console.ts';
import { asMember, openWorld, PASSWORD, type World } from '#tests/world.ts';
import { isRefusal } from '#server/kernel/refusal.ts';
import { loadedLanguages } from '#server/languages/load.ts';
import { readLink } from '#server/links/links.ts';
import { INTERNAL, PORTAL, SETTINGS, type Caller } from '#server/store/caller.ts';

let world: World;
let caller: Caller;
let db: string;
let env: NodeJS.ProcessEnv;

before(async () => {
  world = await openWorld();
  env = { DATABASE_URL: world.store.url };
  ({ caller } = await world.tenant());
  db = caller.tenant.name;
});
after(() => world.close());

const tokenOf = (address: string) => new URL(address.trim()).searchParams.get('token')!;

test('a new person gets a link; groups are as asked, internal by default', async () => {
  const { code, out, err } = await huis(['user', 'create', db, '--login', 'lieve@x.example'], {
    env,
  });
  assert.deepEqual([code, err], [0, '']);
  const lines = out.trimEnd().split('\n');
  assert.equal(lines[0], "User 'lieve@x.example' is made.");
  assert.equal((await readLink(caller, tokenOf(lines.at(-1)!))).login, 'lieve@x.example');
  const { person } = await asMember(caller, 'lieve@x.example');
  assert.ok(person.groups.has(INTERNAL) && !person.groups.has(SETTINGS));

  await huis(['user', 'create', db, '--login', 'karl', '--groups', 'settings, base.group_no_one'], {
    env,
  });
  assert.ok((await asMember(caller, 'karl')).person.groups.has(SETTINGS));
  await huis(['user', 'create', db, '--login', 'portia', '--portal'], { env });
  assert.deepEqual([...(await asMember(caller, 'portia')).person.groups], [PORTAL]);
});

test('with a password no link is printed', async () => {
  const args = ['user', 'create', db, '--login', 'paul', '--password-stdin'];
  const { code, out } = await huis(args, { env, input: `${PASSWORD}\n` });
  assert.deepEqual([code, out], [0, "User 'paul' is made.\n"]);
});

test('a person who cannot be made is refused in one line, and nobody is made', async () => {
  await huis(['user', 'create', db, '--login', 'Taken@x.example'], { env });
  const wrongs: [string[], RegExp][] = [
    [['--login', ' taken@X.example '], /^Somebody already has this login/],
    [['--login', 'new1', '--language', 'nl_BE'], /^The language nl_BE is not loaded/],
    [['--login', 'new2', '--groups', 'user,kings'], /^There is no group named kings\.\n$/],
    [['--login', 'new3', '--groups', 'user', '--portal'], /^A person is either an internal user/],
    [
      ['--login', 'x'.repeat(321)],
      /^This text is too long\. It can have 320 characters at most\.\n$/,
    ],
  ];
  for (const [options, said] of wrongs) {
    const { code, out, err } = await huis(['user', 'create', db, ...options], { env });
    assert.deepEqual([code, out], [1, ''], options.join(' '));
    assert.match(err, said);
    assert.match(err, /^[^\n]+\n$/);
  }
  for (const login of ['new1', 'new2', 'new3'])
    await assert.rejects(asMember(caller, login), /no result/);
});

test('a link is one address and nothing else, and the newer one replaces the older', async () => {
  const first = await huis(['user', 'link', db, 'ADMIN'], { env });
  assert.deepEqual([first.code, first.err], [0, '']);
  assert.match(
    first.out,
    new RegExp(`^http://localhost:8069/web/signup\\?db=${db}&token=[\\w-]{43}\n$`),
  );
  const second = await huis(['user', 'link', db, 'admin'], {
    env: { ...env, HUIS_URL: 'https://door.example' },
  });
  assert.match(second.out, /^https:\/\/door\.example\/web\/signup\?/);
  assert.equal((await readLink(caller, tokenOf(second.out))).login, 'admin');
  await assert.rejects(readLink(caller, tokenOf(first.out)), (error) =>
    isRefusal(error, 'link_dead'),
  );
});

test('nobody, nowhere and the archived get no link', async () => {
  await world.person(caller, { login: 'gone' });
  await caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', 'gone')
    .execute();
  const wrongs: [string, string, string][] = [
    [db, 'nobody', 'Nobody here has the login nobody.\n'],
    [db, 'gone', 'gone is archived and cannot sign in.\n'],
    ['no-such-database', 'admin', 'There is no database named no-such-database.\n'],
  ];
  for (const [database, login, err] of wrongs)
    assert.deepEqual(await huis(['user', 'link', database, login], { env }), {
      code: 1,
      out: '',
      err,
    });
});

test('a language is loaded once; loading it again is harmless', async () => {
  const load = (code: string) => huis(['language', 'load', db, code], { env });
  assert.deepEqual(await load('nl_BE'), { code: 0, out: 'Nederlands (BE) is loaded.\n', err: '' });
  const again = await load('nl-be');
  assert.deepEqual([again.code, again.out], [0, 'Nederlands (BE) was loaded already.\n']);
  assert.deepEqual(await loadedLanguages(caller), ['en_US', 'nl_BE']);
  assert.deepEqual(await load('tlh'), {
    code: 1,
    out: '',
    err: 'Huis does not have the language tlh.\n',
  });
});
