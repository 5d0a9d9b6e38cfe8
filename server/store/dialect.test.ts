import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '#tests/world.ts';
import type { Caller } from './caller.ts';

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
