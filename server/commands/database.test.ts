// huis database, as an operator's script meets it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { huis, startHuis } from '#tests/console.ts';
import { asMember, openWorld, PASSWORD, type World } from '#tests/world.ts';
import { loadedLanguages } from '#server/languages/load.ts';
import { verifyPassword } from '#server/passwords/hashing.ts';
import { readLink } from '#server/links/links.ts';
import { SETTINGS, type Caller } from '#server/store/caller.ts';
import { tenantByName } from '#server/store/tenants.ts';
import { systemCaller } from '#server/tenants/system-caller.ts';

let world: World;
let env: NodeJS.ProcessEnv;

before(async () => {
  world = await openWorld();
  env = { DATABASE_URL: world.store.url };
});
after(() => world.close());

const newName = () => `c-${randomBytes(6).toString('hex')}`;

async function insideOf(name: string): Promise<Caller> {
  const tenant = await tenantByName(world.store, name);
  assert.ok(tenant, `no database ${name}`);
  return systemCaller(tenant, world.store.tenant(tenant.id));
}

async function hashOf(caller: Caller, login: string): Promise<string | null> {
  const row = await caller.db
    .selectFrom('users')
    .select('password_hash')
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', login)
    .executeTakeFirstOrThrow();
  return row.password_hash;
}

test('without a password it prints a link that belongs to the first administrator', async () => {
  const name = newName();
  const { code, out, err } = await huis(['database', 'create', name], { env });
  assert.deepEqual([code, err], [0, '']);
  const address = new URL(out.trimEnd().split('\n').at(-1)!);
  assert.equal(address.origin + address.pathname, 'http://localhost:8069/web/signup');
  assert.equal(address.searchParams.get('db'), name);
  const caller = await insideOf(name);
  const owner = await readLink(caller, address.searchParams.get('token')!);
  assert.equal(owner.login, 'admin');
  const { person } = await asMember(caller, 'admin');
  assert.ok(person.groups.has(SETTINGS));
  assert.equal(await hashOf(caller, 'admin'), null);
  assert.deepEqual(await loadedLanguages(caller), ['en_US']);
});

test('what is given is kept: title, address, language, login, name, e-mail', async () => {
  const name = newName();
  const host = `${name}.example`;
  const { code, out } = await huis(
    [
      ...['database', 'create', name, '--title', 'Les P’tits Pots', '--url', `https://${host}/`],
      ...['--language', 'fr-be', '--login', ' Zoé@pots.example ', '--name', 'Zoé D’Hondt'],
      ...['--email', 'zoe@pots.example'],
    ],
    { env },
  );
  assert.equal(code, 0);
  assert.match(out, new RegExp(`^Database '${name}' \\(Les P’tits Pots\\) is made`));
  assert.match(out, new RegExp(`\nhttps://${host}/web/signup\\?db=${name}&token=[\\w-]{43}\n$`));
  const caller = await insideOf(name);
  const { title, url, language } = caller.tenant;
  assert.deepEqual([title, url, language], ['Les P’tits Pots', `https://${host}`, 'fr_BE']);
  const { person } = await asMember(caller, 'Zoé@pots.example');
  assert.deepEqual([person.name, person.email], ['Zoé D’Hondt', 'zoe@pots.example']);
  assert.deepEqual(await loadedLanguages(caller), ['en_US', 'fr_BE']);
});

test('a password comes on standard input, and no link is printed', async () => {
  const name = newName();
  const { child, ended } = startHuis(['database', 'create', name, '--password-stdin'], { env });
  // The input stays open: a command that waits for its end would never end.
  child.stdin!.write(` ${PASSWORD}\n`);
  const { code, out, err } = await ended;
  assert.deepEqual([code, err], [0, '']);
  assert.doesNotMatch(out, /token|http/);
  const hash = await hashOf(await insideOf(name), 'admin');
  assert.equal((await verifyPassword(hash, ` ${PASSWORD}`)).ok, true);
});

test('what cannot be made is refused in one line, and nothing is made', async () => {
  const wrongs: [string[], RegExp][] = [
    [['--password-stdin'], /^The password needs at least 12 characters\. This one has 5\.\n$/],
    [['--language', 'eo'], /^Huis does not have the language eo\.\n$/],
    [['--url', 'gopher://x'], /^A setting cannot be used: url must be an http[^\n]+\n$/],
    [['--login', '  '], /^Please enter a login[^\n]+\n$/],
  ];
  for (const [options, said] of wrongs) {
    const name = newName();
    const args = ['database', 'create', name, ...options];
    const { code, out, err } = await huis(args, { env, input: 'short\n' });
    assert.deepEqual([code, out], [1, ''], options.join(' '));
    assert.match(err, said);
    assert.equal(await tenantByName(world.store, name), undefined);
  }
  const { code, err } = await huis(['database', 'create', 'Capitals'], { env });
  assert.equal(code, 1);
  assert.match(err, /^The name of a database has small letters[^\n]+\n$/);
});

test('of two that make the same database at once, one is refused', async () => {
  const name = newName();
  const both = await Promise.all([1, 2].map(() => huis(['database', 'create', name], { env })));
  assert.deepEqual(both.map(({ code }) => code).sort(), [0, 1]);
  const refused = both.find(({ code }) => code === 1)!;
  assert.equal(
    refused.err,
    `There already is a database named ${name}, or one with the same address.\n`,
  );
  assert.equal(refused.out, '');
  await insideOf(name);
});

test('the list names every database, as a table or as JSON', async () => {
  const name = newName();
  await huis(
    ['database', 'create', name, '--title', 'Tout & Co', '--url', `http://${name}.example`],
    {
      env,
    },
  );
  const { out: json } = await huis(['database', 'list', '--json'], { env });
  const rows = JSON.parse(json) as { name: string; createdAt: string }[];
  const row = rows.find((one) => one.name === name)!;
  const { createdAt, ...facts } = row;
  assert.deepEqual(facts, {
    ...{ name, title: 'Tout & Co', url: `http://${name}.example` },
    ...{ test: false, copiedFrom: null },
  });
  assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000, createdAt);
  const { out: table } = await huis(['database', 'list'], { env });
  assert.match(table, /^NAME +MADE ON +TEST +ADDRESS +TITLE\n/);
  assert.match(
    table,
    new RegExp(`^${name} +\\d{4}-\\d\\d-\\d\\d +- +http://${name}.example +Tout & Co$`, 'm'),
  );
});

test('a database goes only when it is meant, and with all it holds', async () => {
  const { caller } = await world.tenant();
  const { name, id } = caller.tenant;
  const unsure = await huis(['database', 'delete', name], { env });
  assert.deepEqual([unsure.code, unsure.out], [1, '']);
  assert.match(unsure.err, /^This deletes the database [^\n]* Add --yes [^\n]*\n$/);
  await insideOf(name);
  const sure = await huis(['database', 'delete', name, '--yes'], { env });
  assert.deepEqual(sure, { code: 0, out: `Database '${name}' is deleted.\n`, err: '' });
  assert.equal(await tenantByName(world.store, name), undefined);
  const left = await world.store.tenant(id).selectFrom('partners').select('id').execute();
  assert.deepEqual(left, []);
  const again = await huis(['database', 'delete', name, '--yes'], { env });
  assert.deepEqual(again, { code: 1, out: '', err: `There is no database named ${name}.\n` });
});

test('with --demo it is filled, and says how to be one of its people', async () => {
  const name = newName();
  const { code, out } = await huis(['database', 'create', name, '--demo'], { env });
  assert.equal(code, 0);
  assert.match(out, /^Database '.*' \(Samentier\) is made; 'admin' administers it\.\n/);
  const [, login] = /^Be one of its people: huis user link \S+ (\S+)$/m.exec(out)!;
  const link = await huis(['user', 'link', name, login!], { env });
  assert.equal(link.code, 0);
  assert.equal((await insideOf(name)).tenant.language, 'fr_BE');
});

test('what the operator says goes before what the demo would be called', async () => {
  const name = newName();
  const args = ['database', 'create', name, '--demo', '--title', 'Autre', '--language', 'nl_BE'];
  assert.equal((await huis(args, { env })).code, 0);
  const { title, language } = (await insideOf(name)).tenant;
  assert.deepEqual([title, language], ['Autre', 'nl_BE']);
});

test('a copy to practise on says what it is, here and in the list', async () => {
  const { caller } = await world.tenant({ title: 'Les P’tits Pots', language: 'de_DE' });
  const [from, to] = [caller.tenant.name, newName()];
  const { code, out, err } = await huis(['database', 'copy', from, to, '--test'], { env });
  assert.deepEqual([code, err], [0, '']);
  const [made, safe, address] = out.split('\n');
  assert.equal(
    made,
    `Database '${to}' (Les P’tits Pots (Test)) is made: a copy of '${from}' to practise on.`,
  );
  assert.match(safe!, /^No message leaves it\./);
  assert.equal(address, `http://localhost:8069/web/login?db=${to}`);
  const { out: table } = await huis(['database', 'list'], { env });
  assert.match(table, new RegExp(`^${to} +\\S+ +test of ${from} +- +Les P’tits Pots`, 'm'));
  const { out: json } = await huis(['database', 'list', '--json'], { env });
  const row = (JSON.parse(json) as Record<string, unknown>[]).find(({ name }) => name === to)!;
  assert.deepEqual([row.test, row.copiedFrom], [true, from]);

  const own = newName();
  const wish = ['database', 'copy', to, own, '--test', '--url', `https://${own}.example/`];
  const { out: second } = await huis(wish, { env });
  assert.match(second, new RegExp(`\nhttps://${own}.example/web/login\\?db=${own}\n$`));
});

test('what cannot be copied is refused in one line', async () => {
  const { caller } = await world.tenant();
  const { name } = caller.tenant;
  const wrongs: [string, string, RegExp][] = [
    [newName(), newName(), /^There is no database named [^\n]+\.\n$/],
    [name, name, /^There already is a database named [^\n]+\.\n$/],
    [name, 'Capitals', /^The name of a database has small letters[^\n]+\n$/],
  ];
  for (const [from, to, said] of wrongs) {
    const { code, out, err } = await huis(['database', 'copy', from, to, '--test'], { env });
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, said);
  }
});

/** The server process of PostgreSQL that inserts a copy's partners, once there is one. */
async function inserting(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where state = 'active' and datname = current_database()
        and query like 'insert into "public"."partners"%rows_to_copy%'`,
    );
    if (rows[0]) return rows[0].pid;
    await wait(5);
  }
}

test('killed in the middle, a copy leaves nothing behind, and the next one is made', async () => {
  const { caller } = await world.tenant();
  const { id, name } = caller.tenant;
  const client = new pg.Client({ connectionString: world.store.url });
  await client.connect();
  await client.query(`begin; set local huis.tenant = '${id}';
    insert into partners (tenant, name) select ${id}, 'Personne ' || n
      from generate_series(1, 20000) n; commit`);
  const to = newName();
  const { child, ended } = startHuis(['database', 'copy', name, to, '--test'], { env });
  const pid = await inserting(client);
  child.kill('SIGKILL');
  assert.equal((await ended).code, null);
  // PostgreSQL notices once the statement is through.
  const running = () => client.query('select from pg_stat_activity where pid = $1', [pid]);
  while ((await running()).rowCount! > 0) await wait(20);
  assert.equal(await tenantByName(world.store, to), undefined);
  const orphans =
    'select from partners p where not exists (select from tenants where id = p.tenant)';
  assert.equal((await client.query(orphans)).rowCount, 0);
  assert.equal((await huis(['database', 'copy', name, to, '--test'], { env })).code, 0);
  const copied = await (await insideOf(to)).db.selectFrom('partners').select('id').execute();
  assert.ok(copied.length > 20_000);
  await client.end();
});
