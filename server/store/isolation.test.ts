// Row-level security, tried from outside: raw SQL as the server's role against every table.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { fillRegistry, fillRest } from '#tests/fill.ts';
import { openWorld, type World } from '#tests/world.ts';
import type { Caller } from './caller.ts';
import { fillDemo } from '../tenants/demo.ts';
import { createTenant } from '../tenants/create.ts';

/** Reference tables that every tenant reads and none can write. */
const SHARED = ['countries', 'country_states', 'currencies'];

/** Tables of the installation: they hold nobody's rows. Every other table must be a tenant's. */
const INSTALLATION = new Set(['tenants', 'schema_migrations', 'set_up_addresses', ...SHARED]);

let world: World;
let mine: Caller;
let neighbour: Caller;
let client: pg.Client;

before(async () => {
  world = await openWorld();
  mine = (await world.tenant()).caller;
  const name = `n-${crypto.randomUUID().slice(0, 8)}`;
  const made = await createTenant(
    world.store,
    { name, administrator: { login: 'admin' } },
    async (caller) => {
      await fillDemo(caller);
      await fillRest(caller);
      return caller;
    },
  );
  neighbour = made.extra!;
  client = new pg.Client({ connectionString: world.store.url });
  await client.connect();
  await fillRegistry(client, neighbour);
});
after(async () => {
  await client.end();
  await world.close();
});

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Runs statements as the server's role inside `mine`; always rolled back. */
async function asServer<T>(work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('set local role huis_server');
    await client.query(`set local huis.tenant = '${mine.tenant.id}'`);
    return await work();
  } finally {
    await client.query('rollback');
  }
}

test('every table is a tenant’s, with row-level security forced, or is known to be the installation’s', async () => {
  for (const table of await tables()) {
    const { rows } = await client.query<{ forced: boolean; keyed: boolean }>(
      `select relrowsecurity and relforcerowsecurity as forced,
        exists (select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid
          and a.attnum = any(k.conkey) where k.conrelid = c.oid and k.contype = 'p'
          and a.attname = 'tenant') as keyed
       from pg_class c where c.oid = $1::regclass`,
      [table],
    );
    if (INSTALLATION.has(table)) continue;
    assert.equal(rows[0]?.forced, true, `${table} must force row-level security`);
    assert.equal(rows[0]?.keyed, true, `${table} must have tenant in its primary key`);
  }
});

test('every foreign key between tenants’ tables carries the tenant', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select k.conname as name from pg_constraint k where k.contype = 'f'
      and k.connamespace = 'public'::regnamespace
      and k.conrelid::regclass::text <> all($1) and k.confrelid::regclass::text <> all($2)
      and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          and a.attname = 'tenant')`,
    [[...INSTALLATION], SHARED],
  );
  assert.deepEqual(rows, []);
});

test('a neighbour’s rows can be neither read, changed nor deleted, in any table', async () => {
  for (const table of await tables()) {
    if (INSTALLATION.has(table)) continue;
    const there = await client.query(
      `select 1 from ${table} where tenant = ${neighbour.tenant.id}`,
    );
    assert.ok(
      there.rowCount! > 0,
      `${table} of the neighbour holds no row: the test proves nothing`,
    );
    const read = await asServer(() =>
      client.query(`select 1 from ${table} where tenant <> ${mine.tenant.id}`),
    );
    assert.equal(read.rowCount, 0, `${table} can be read`);
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0
        and attgenerated = '' and attname not in ('tenant') and not attisdropped limit 1`,
      [table],
    );
    const column = rows[0]!.name;
    const changed = await asServer(() =>
      client.query(
        `update ${table} set ${column} = ${column} where tenant = ${neighbour.tenant.id}`,
      ),
    );
    assert.equal(changed.rowCount, 0, `${table} can be changed`);
    const deleted = await asServer(() =>
      client.query(`delete from ${table} where tenant = ${neighbour.tenant.id}`),
    );
    assert.equal(deleted.rowCount, 0, `${table} can be deleted from`);
  }
});

test('no row can be written into a neighbour’s tenant, nor moved there', async () => {
  const refused = { code: '42501' };
  await assert.rejects(
    asServer(() =>
      client.query(`insert into languages (tenant, code) values (${neighbour.tenant.id}, 'xx')`),
    ),
    refused,
  );
  await assert.rejects(
    asServer(() => client.query(`update languages set tenant = ${neighbour.tenant.id}`)),
    refused,
  );
});

test('what all tenants read, none can write', async () => {
  for (const table of SHARED)
    await assert.rejects(
      asServer(() => client.query(`delete from ${table}`)),
      { code: '42501' },
      table,
    );
});

test('without a tenant nothing is seen, and the server’s role makes and ends no tenant', async () => {
  await client.query('begin');
  await client.query('set local role huis_server');
  for (const table of await tables()) {
    if (INSTALLATION.has(table)) continue;
    const { rowCount } = await client.query(`select 1 from ${table}`);
    assert.equal(rowCount, 0, table);
  }
  await client.query('rollback');
  const refused = { code: '42501' };
  await assert.rejects(
    asServer(() => client.query("insert into tenants (name, title) values ('x', 'x')")),
    refused,
  );
  await assert.rejects(
    asServer(() => client.query('delete from tenants')),
    refused,
  );
  const others = await asServer(() =>
    client.query(`update tenants set title = 'x' where id = ${neighbour.tenant.id}`),
  );
  assert.equal(others.rowCount, 0);
});

test('the server’s role owns nothing, has no login and cannot bypass row-level security', async () => {
  const { rows } = await client.query(
    `select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      exists (select from pg_class c where c.relowner = r.oid) as owns
     from pg_roles r where rolname = 'huis_server'`,
  );
  assert.deepEqual(rows, [
    {
      rolcanlogin: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owns: false,
    },
  ]);
});

test('the tenant of one transaction is not the tenant of the next on the same connection', async () => {
  const store = world.store;
  const seen = async (id: number) =>
    (await store.tenant(id).selectFrom('users').select('tenant').distinct().execute()).map(
      ({ tenant }) => tenant,
    );
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) => seen(i % 2 ? mine.tenant.id : neighbour.tenant.id)),
  );
  answers.forEach((tenants, i) =>
    assert.deepEqual(tenants, [i % 2 ? mine.tenant.id : neighbour.tenant.id]),
  );
});
