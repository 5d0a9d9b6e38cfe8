import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { openWorld, type World } from '#tests/world.ts';
import type { Caller } from './caller.ts';
import { scopedDialect } from './dialect.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './tables.ts';

let world: World;
let caller: Caller;
before(async () => {
  world = await openWorld();
  caller = (await world.tenant()).caller;
});
after(() => world.close());

const titles = async () =>
  (
    await caller.db
      .selectFrom('site_pages')
      .select('slug')
      .where('tenant', '=', caller.tenant.id)
      .execute()
  ).map(({ slug }) => slug);

const page = (slug: string) => ({ tenant: caller.tenant.id, slug, title: '{}', body: '{}' });

test('a transaction that throws leaves nothing behind and the connection usable', async () => {
  const before = await titles();
  await assert.rejects(
    caller.db.transaction().execute(async (inside) => {
      await inside.insertInto('site_pages').values(page('gone')).execute();
      throw new Error('no');
    }),
    /no/,
  );
  assert.deepEqual(await titles(), before);
});

test('a statement that fails outside a transaction says why, and the next one works', async () => {
  await assert.rejects(sql`select 1 / 0`.execute(caller.db), { code: '22012' });
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(caller.db);
  assert.deepEqual(rows, [{ one: 1 }]);
});

test('a refused opening refuses all that follows: never a statement outside the tenant', async () => {
  const nobody = world.store.tenant(2_147_483_647);
  assert.deepEqual(await nobody.selectFrom('users').selectAll().execute(), []);
});

test('a statement travels with its scope in one transaction: none runs when the scope is refused', async () => {
  const pool = new pg.Pool({ connectionString: world.store.url, pipeline: true } as pg.PoolConfig);
  const entry = { text: 'select 1 / $1::integer', values: [0], name: 'refused_entry' };
  const scope = { opening: 'begin', entry, prepared: new Prepared() };
  const db = new Kysely<Tables>({ dialect: scopedDialect(pool, scope) });
  const { id } = caller.tenant;
  try {
    await assert.rejects(
      sql`update tenants set title = 'slipped through' where id = ${id}`.execute(db),
      { code: '22012' },
    );
    const { rows } = await pool.query('select title from tenants where id = $1', [id]);
    assert.notEqual(rows[0].title, 'slipped through');
  } finally {
    await pool.end();
  }
});

test('what a statement changed is counted, prepared or not, and a failure undoes it all', async () => {
  const { id: tenant } = caller.tenant;
  for (let round = 0; round < 5; round++) {
    const { numAffectedRows } = await sql`
      update site_pages set title = title where tenant = ${tenant}`.execute(caller.db);
    assert.equal(numAffectedRows, BigInt((await titles()).length));
    const before = (await titles()).length;
    await assert.rejects(
      sql`with made as (insert into site_pages (tenant, slug, title, body)
          values (${tenant}, 'undone', '{}', '{}') returning tenant)
        select 1 / (tenant - ${tenant}::integer) from made`.execute(caller.db),
      { code: '22012' },
    );
    assert.equal((await titles()).length, before);
  }
});

test('many transactions at once do not mix', async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from site_pages`.execute(
    caller.db,
  );
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      caller.db
        .transaction()
        .execute(async (inside) => {
          await inside
            .insertInto('site_pages')
            .values(page(`many-${i}`))
            .execute();
          if (i % 2) throw new Error('odd');
        })
        .catch(() => undefined),
    ),
  );
  const after = await sql<{ n: number }>`select count(*)::integer as n from site_pages`.execute(
    caller.db,
  );
  assert.equal(after.rows[0]!.n - rows[0]!.n, 20);
});
