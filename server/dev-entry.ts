// What `npm run dev` loads through Vite's runner: one process, pages from Vite's middlewares.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApp } from './app.ts';
import { openBehind } from './behind.ts';
import { startMetrics } from './http/metrics.ts';
import { buildListener } from './http/serve.ts';
import { readConfig } from './kernel/config.ts';
import { migrate } from './store/migrate.ts';
import { upgradeTenants } from './tenants/upgrade.ts';
import { offerSetUp } from './tenants/set-up.ts';

type Middlewares = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

let counting = false;

/** Opens the application and listens; `close` ends both. */
export async function start(middlewares: Middlewares): Promise<{ close(): Promise<void> }> {
  const config = readConfig();
  const app = await openApp(config);
  await migrate(app.store.url);
  await upgradeTenants(app.store);
  if (!counting) startMetrics();
  counting = true;
  const listener = buildListener(app, (request, response) =>
    middlewares(request, response, () => {
      response.statusCode = 404;
      response.end('Not Found');
    }),
  );
  await listener.listen({ host: config.host, port: config.port });
  const office = openBehind(app);
  const address = await offerSetUp(app.store, config);
  process.stdout.write(`Huis (development) on http://${config.host}:${config.port}\n`);
  if (address) process.stdout.write(`Set it up at ${address}\n`);
  return {
    close: async () => {
      await Promise.all([listener.close(), office.close()]);
      await app.close();
    },
  };
}
