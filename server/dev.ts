// `npm run dev`: the same listener inside Vite's server runner, so that pages and domain reload and
// still share one copy in memory (decision 0003).
import { createServer } from 'vite';
import type * as Entry from './dev-entry.ts';

const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom' });
const environment = vite.environments.ssr;
if (!('runner' in environment)) throw new Error('this Vite has no server runner');
const { runner } = environment as unknown as {
  runner: { import(id: string): Promise<typeof Entry>; clearCache(): void };
};

let entry = await runner.import('/server/dev-entry.ts');
let running = await entry.start(vite.middlewares);

/** A change below server/ starts the listener anew; pages reload by themselves. */
let pending: NodeJS.Timeout | undefined;
vite.watcher.on('change', (file) => {
  if (!/\/(server|locales)\//.test(file)) return;
  clearTimeout(pending);
  pending = setTimeout(() => void restart(), 150);
});

async function restart(): Promise<void> {
  await running.close();
  // Pages and listener must go on sharing one copy, so all of it is evaluated anew.
  runner.clearCache();
  entry = await runner.import('/server/dev-entry.ts');
  running = await entry.start(vite.middlewares);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void running
      .close()
      .then(() => vite.close())
      .then(() => process.exit(0));
  });
