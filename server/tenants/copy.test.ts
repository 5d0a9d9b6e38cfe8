// Copying a database to practise on: every table walked, rows compared, secrets looked for.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { fillRegistry, fillRest } from '#tests/fill.ts';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { verifyPassword } from '../passwords/hashing.ts';
import type { Caller, Tenant } from '../store/caller.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import { copyForTest, inOrder } from './copy.ts';
import { createTenant } from './create.ts';
import { deleteTenant } from './delete.ts';
import { fillDemo } from './demo.ts';

/** Tables whose rows stay behind; written here again, so that nobody changes it without meaning to. */
const LEFT = [
  ...['api_key_uses', 'api_keys', 'attempts', 'links', 'mail_attachments', 'mail_recipients'],
  ...['mails', 'reset_requests', 'sessions'],
];
/** Columns of taken tables that are not the original's. */
const CHANGED: Record<string, Record<string, unknown>> = {
  mail_servers: { secret: null, active: false },
};
/** Columns of taken tables that sound like a secret, and are none that a copy must not have. */
const HARMLESS = [
  'mail_servers.token_url',
  'parameters.key',
  // Reads nothing that its person does not know: they practise with their own password.
  'users.password_hash',
  'users.password_changed_at',
  'users.must_change_password',
  'groups.key_days',
  'pictures.content',
];
const SOUNDS_SECRET = /secret|token|passw|hash|key|cipher|seed|otp|code_challenge/;

let world: World;
let client: pg.Client;
let original: Caller;
let neighbour: Caller;
let copy: Tenant;

before(async () => {
  world = await openWorld();
  neighbour = (await world.tenant()).caller;
  original = (await world.tenant({ language: 'fr_BE', url: `https://${newName()}.example` }))
    .caller;
  await fillDemo(original);
  await fillRest(original);
  client = new pg.Client({ connectionString: world.store.url });
  await client.connect();
  await fillRegistry(client, original);
  await makeItOdd(original.tenant.id);
  copy = await copyForTest(world.store, { from: original.tenant.name, to: newName() });
});
after(async () => {
  await client.end();
  await world.close();
});

const newName = () => `k-${randomBytes(6).toString('hex')}`;

async function inside<T>(tenantId: number, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query(`set local huis.tenant = '${tenantId}'`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Rows that triggers would not have made so: taken as they are, they are the same in the copy. */
async function makeItOdd(t: number): Promise<void> {
  await inside(t, async () => {
    await client.query(`
      update mail_servers set secret = 'a secret', active = true where tenant = ${t};
      update tenants set names_order = 'last_first', hand_passwords = 'never' where id = ${t};
      delete from company_users where tenant = ${t}
        and user_id = (select min(id) from users where tenant = ${t});
      update partners set company_id = (select min(id) from companies where tenant = ${t}),
          parent_id = (select max(id) from partners where tenant = ${t} and is_company)
        where tenant = ${t} and id = (select min(id) from partners
          where tenant = ${t} and not is_company);
      with below as (
        insert into partners (tenant, name, is_company) values (${t}, 'Antenne', true) returning id
      )
      insert into companies (tenant, partner_id, parent_id, name)
        select ${t}, below.id, (select min(id) from companies where tenant = ${t}), 'Antenne'
        from below;
      set constraints all immediate`);
  });
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p') and exists (select from pg_attribute a where a.attrelid = c.oid
        and a.attname = 'tenant' and not a.attisdropped) order by 1`,
  );
  return rows.map(({ name }) => name);
}

type Row = Record<string, unknown>;

async function rowsOf(table: string, tenantId: number): Promise<Row[]> {
  return inside(tenantId, async () => {
    const { rows } = await client.query<{ row: Row }>(
      `select to_jsonb(r) - 'tenant' as row from ${table} r where tenant = ${tenantId}
        order by (to_jsonb(r) - 'tenant')::text`,
    );
    return rows.map(({ row }) => row);
  });
}

async function everything(tenantId: number): Promise<Record<string, Row[]>> {
  const all: Record<string, Row[]> = {};
  for (const table of await tables()) all[table] = await rowsOf(table, tenantId);
  return all;
}

test('every table is either the same row for row, or left behind, or known to differ', async () => {
  for (const table of await tables()) {
    const [there, here] = [await rowsOf(table, original.tenant.id), await rowsOf(table, copy.id)];
    assert.ok(there.length > 0, `${table} of the original holds no row: the test proves nothing`);
    if (LEFT.includes(table)) assert.deepEqual(here, [], table);
    else if (table === 'rights_stamps') {
      assert.equal(here.length, 1);
      assert.notDeepEqual(here, there, 'rights are kept in memory under the stamp');
    } else
      assert.deepEqual(
        here,
        there.map((row) => ({ ...row, ...CHANGED[table] })),
        table,
      );
  }
});

test('no column that is taken can hold a secret', async () => {
  const { rows } = await client.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relname = any($1) and c.relnamespace = 'public'::regnamespace and a.attnum > 0
        and not a.attisdropped and a.attgenerated = ''`,
    [(await tables()).filter((table) => !LEFT.includes(table))],
  );
  const doubtful = rows
    .filter(({ name, type }) => type === 'bytea' || SOUNDS_SECRET.test(name))
    .filter(({ table, name }) => !(name in (CHANGED[table] ?? {})))
    .map(({ table, name }) => `${table}.${name}`)
    .filter((column) => !HARMLESS.includes(column));
  assert.deepEqual(doubtful, []);
});

test('triggers that change what is inserted stand aside, or change nothing in rows that are right', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select distinct t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relname <> all($1) and t.tgtype & 1 = 1 and t.tgtype & 4 = 4
      and pg_get_triggerdef(t.oid) not like '%rows_are_copied()%' order by 1`,
    [LEFT],
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['a_tree_ends', 'company_named', 'company_takes_name'],
  );
});

test('a parameter that is called a secret stays behind', async () => {
  const from = copy.name;
  const keys = ['Stripe.Secret_Key', 'sms.api_token', 'ldap.password', 'web.keyboard', 'mail.from'];
  await inside(copy.id, async () => {
    for (const key of keys)
      await client.query('insert into parameters (tenant, key, value) values ($1, $2, $2)', [
        copy.id,
        key,
      ]);
  });
  const made = await copyForTest(world.store, { from, to: newName() });
  const kept = (await rowsOf('parameters', made.id)).map(({ key }) => key);
  assert.deepEqual(kept.sort(), ['mail.from', 'test.x', 'web.keyboard']);
});

test('the copy is a test with the settings of the original, and neither its name nor its address', async () => {
  const { rows } = await client.query<Row>(
    `select * from tenants where id in ($1, $2) order by id`,
    [original.tenant.id, copy.id],
  );
  const [there, here] = rows as [Row, Row];
  assert.deepEqual(here, {
    ...there,
    ...{ id: copy.id, name: copy.name, title: 'Les Petits Pots (test)', url: null, host: null },
    ...{ is_test: true, copied_from: original.tenant.name, created_at: here.created_at },
  });
  assert.deepEqual([copy.test, copy.copiedFrom], [true, original.tenant.name]);
  assert.equal(there.is_test, false);
});

test('people practise with their own password', async () => {
  const [row] = (await rowsOf('users', copy.id)).filter(({ login }) => login === 'admin');
  assert.equal((await verifyPassword(String(row!.password_hash), PASSWORD)).ok, true);
});

test('original and neighbour are left as they were, and the copy sees itself alone', async () => {
  const both = async () => [
    await everything(original.tenant.id),
    await everything(neighbour.tenant.id),
  ];
  const before = await both();
  const second = await copyForTest(world.store, { from: original.tenant.name, to: newName() });
  assert.deepEqual(await both(), before);
  for (const table of await tables()) {
    const seen = await world.store
      .tenant(second.id)
      .selectFrom(table as 'users')
      .select('tenant')
      .distinct()
      .execute();
    assert.ok(
      seen.every(({ tenant }) => tenant === second.id),
      table,
    );
  }
});

test('new records of a copy get numbers that nobody has', async () => {
  const db = world.store.tenant(copy.id);
  const made = await db
    .insertInto('partners')
    .values({ tenant: copy.id, name: 'Nouvelle' })
    .returning(['id', 'complete_name', 'last_name'])
    .executeTakeFirstOrThrow();
  assert.deepEqual([made.complete_name, made.last_name], ['Nouvelle', 'Nouvelle']);
  await db.deleteFrom('partners').where('id', '=', made.id).execute();
});

test('a copy of a test database is a test database, and goes like any other', async () => {
  const again = await copyForTest(world.store, { from: copy.name, to: newName() });
  assert.deepEqual([again.test, again.copiedFrom, again.title], [true, copy.name, copy.title]);
  await deleteTenant(world.store, again.name);
  for (const table of await tables()) assert.deepEqual(await rowsOf(table, again.id), [], table);
});

test('an address of its own leads to the copy', async () => {
  const host = `${newName()}.example`;
  const wish = { from: copy.name, to: newName(), url: `https://${host}/` };
  const made = await copyForTest(world.store, wish);
  assert.equal(made.url, `https://${host}`);
  const { rows } = await client.query('select host from tenants where id = $1', [made.id]);
  assert.deepEqual(rows, [{ host }]);
  const taken = { ...wish, to: newName() };
  await assert.rejects(copyForTest(world.store, taken), { code: 'database_exists' });
});

test('what cannot be copied is refused, and nothing is made', async () => {
  const from = original.tenant.name;
  const wrongs: [{ from: string; to: string; url?: string }, string][] = [
    [{ from: newName(), to: newName() }, 'database_unknown'],
    [{ from, to: 'Capitals' }, 'database_name_invalid'],
    [{ from, to: from }, 'database_exists'],
    [{ from, to: neighbour.tenant.name }, 'database_exists'],
    [{ from, to: newName(), url: 'gopher://x' }, 'setting_invalid'],
    [{ from, to: newName(), url: original.tenant.url! }, 'database_exists'],
  ];
  for (const [wish, code] of wrongs) {
    await assert.rejects(copyForTest(world.store, wish), { code });
    const { rows } = await client.query(
      'select from tenants where name = $1 and copied_from is not null',
      [wish.to],
    );
    assert.deepEqual(rows, [], code);
  }
});

test('of two that make the same copy at once, one is refused', async () => {
  const wish = { from: copy.name, to: newName() };
  const both = await Promise.allSettled([1, 2].map(() => copyForTest(world.store, wish)));
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const refused = both.find((one) => one.status === 'rejected')!;
  assert.equal((refused.reason as { code: string }).code, 'database_exists');
});

test('a copy shows one moment of an original that people go on writing to', async () => {
  const t = copy.id;
  const from = copy.name;
  let writing = true;
  const writer = (async () => {
    const other = new pg.Client({ connectionString: world.store.url });
    await other.connect();
    for (let i = 0; writing; i++)
      await other.query(`begin; set local huis.tenant = '${t}';
        insert into partner_categories (tenant, name) values (${t}, '{"en_US":"Moment"}');
        insert into todos (tenant, user_id, title)
          select ${t}, min(id), 'Moment' from users where tenant = ${t};
        commit`);
    await other.end();
  })();
  const counts: [number, number][] = [];
  for (let i = 0; i < 5; i++) {
    const made = await copyForTest(world.store, { from, to: newName() });
    const labels = await rowsOf('partner_categories', made.id);
    const todos = await rowsOf('todos', made.id);
    counts.push([
      labels.filter(({ name }) => (name as Row).en_US === 'Moment').length,
      todos.filter(({ title }) => title === 'Moment').length,
    ]);
  }
  writing = false;
  await writer;
  for (const [labels, todos] of counts) assert.equal(labels, todos);
});

test('an owner who was granted the role and whom row-level security binds migrates and copies too', async (context) => {
  const { rows } = await client.query<{ super: boolean }>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.super) return context.skip('needs a superuser to make an owner who is none');
  const role = `o_${randomBytes(4).toString('hex')}`;
  await client.query(`create role ${role} login nosuperuser password 'x';
    grant huis_server to ${role}`);
  await client.query(`create database ${role} owner ${role}`);
  const url = new URL(world.store.url);
  url.username = role;
  url.password = 'x';
  url.pathname = `/${role}`;
  try {
    await migrate(url.href);
    const store = await openStore({ databaseUrl: url.href, dataFolder: '' });
    const made = await createTenant(
      store,
      { name: 'bound', administrator: { login: 'admin' } },
      fillDemo,
    );
    // Made in a young installation, its tables are known before the first question.
    const { rows: known } = await sql<{ many: number }>`
      select reltuples::integer as many from pg_class where oid = 'partners'::regclass`.execute(
      store.installation,
    );
    assert.ok(known[0]!.many > 60);
    const practice = await copyForTest(store, { from: 'bound', to: 'practice' });
    const count = async ({ id }: Tenant) =>
      (await store.tenant(id).selectFrom('partners').select('id').execute()).length;
    assert.ok((await count(made.tenant)) > 60);
    assert.equal(await count(practice), await count(made.tenant));
    await store.close();
  } finally {
    await client.query(`drop database ${role} with (force)`);
    await client.query(`drop role ${role}`);
  }
});

test('tables come after those they need; a circle is an error, not a copy with holes', () => {
  const table = (name: string, ...needs: string[]) => ({ name, needs, columns: [] });
  const ordered = inOrder([table('c', 'b', 'tenants'), table('a'), table('b', 'a')]);
  assert.deepEqual(
    ordered.map(({ name }) => name),
    ['a', 'b', 'c'],
  );
  assert.throws(() => inOrder([table('a', 'b'), table('b', 'a')]), /need each other: a, b/);
});
