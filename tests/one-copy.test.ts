// The domain is evaluated once, in the built server and in development: a page that needs the open
// application answers only when it shares the listener's copy (decision 0003).
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startServer } from './server.ts';
import { openWorld, type World } from './world.ts';

let folder: string;
let world: World;
let database: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huis-copy-'));
  world = await openWorld();
  database = (await world.tenant({ title: 'Une seule fois' })).caller.tenant.name;
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

for (const [mode, entry, environment] of [
  ['built', 'server/main.ts', 'production'],
  ['in development', 'server/dev.ts', 'development'],
] as const)
  test(`pages share the listener’s copy of the domain, ${mode}`, { timeout: 90_000 }, async () => {
    const env = { DATABASE_URL: world.store.url, HUIS_DATA: folder, NODE_ENV: environment };
    const server = await startServer(env, entry);
    try {
      const answer = await fetch(`${server.url}/web/login?db=${database}`);
      assert.equal(answer.status, 200, server.output());
      assert.match(await answer.text(), /Une seule fois/);
    } finally {
      await server.stop();
    }
  });

test('the built pages hold no second copy of the domain', () => {
  const marks = /the application is not open|fold_login/;
  const files = globSync('build/server/**/*.js', { cwd: root });
  assert.ok(files.length > 10);
  const copies = files.filter((file) => marks.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(copies, []);
});
