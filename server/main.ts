// Production entry: one primary that owns the database's start and the workers, and the workers
// that listen. With HUIS_WORKERS=1 both are one process.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { openApp, openLog, type App } from './app.ts';
import { answerWorkers, startMetrics } from './http/metrics.ts';
import { buildListener, type PagesHandler } from './http/serve.ts';
import { BODY_CEILING } from './http/limits.ts';
import { readConfig, type Config } from './kernel/config.ts';
import { Refusal } from './kernel/refusal.ts';
import { migrate } from './store/migrate.ts';
import { offerSetUp } from './tenants/set-up.ts';

/** How long requests in flight may take to finish after SIGTERM, in milliseconds. */
const GRACE = 10_000;

const built = new URL('../build/handler.js', import.meta.url);

async function loadPages(): Promise<PagesHandler> {
  if (!existsSync(built))
    throw new Refusal('pages_not_built', { detail: 'run `npm run build` first' });
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-huis-protocol',
    HOST_HEADER: 'x-huis-host',
    ADDRESS_HEADER: 'x-huis-address',
    BODY_SIZE_LIMIT: String(BODY_CEILING),
  });
  const { handler } = (await import(built.href)) as { handler: PagesHandler };
  return handler;
}

/** Opens this process's share of the work and listens. */
async function listen(config: Config): Promise<{ app: App; listener: FastifyInstance }> {
  startMetrics();
  const [app, pages] = await Promise.all([openApp(config), loadPages()]);
  const listener = buildListener(app, pages);
  await listener.listen({ host: config.host, port: config.port });
  return { app, listener };
}

/**
 * Calls `stop` once at SIGTERM or SIGINT; a second signal does not wait. Ctrl-C reaches the whole
 * group: a worker leaves it to the primary, which then asks it to stop.
 */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), GRACE + 5_000).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', cluster.isWorker ? () => undefined : handle);
}

async function closeListener(listener: FastifyInstance): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, GRACE).unref());
  await Promise.race([listener.close(), late]);
}

async function serveAsWorker(): Promise<void> {
  const { app, listener } = await listen(readConfig());
  onStop(async () => {
    await closeListener(listener);
    await app.close();
  });
  process.on('disconnect', () => process.exit(1));
}

function forkWorkers(config: Config, databaseUrl: string, app: App): void {
  let stopping = false;
  const fork = () => cluster.fork({ DATABASE_URL: databaseUrl });
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    app.log.error({ worker: worker.process.pid, code, signal }, 'a worker ended; starting another');
    setTimeout(() => stopping || fork(), 500);
  });
  cluster.on('listening', () => announce(config, app));
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url), args: [] });
  for (let i = 0; i < config.workers; i++) fork();
  onStop(async () => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map((worker) => {
        const gone = new Promise((resolve) => worker.once('exit', resolve));
        worker.process.kill('SIGTERM');
        return gone;
      }),
    );
    await app.close();
  });
}

let announced = false;

/** Says once where it listens, and the set-up address when there is no database yet. */
function announce(config: Config, app: App): void {
  if (announced) return;
  announced = true;
  process.stdout.write(`Huis listens on http://${config.host}:${config.port}\n`);
  offerSetUp(app.store, config).then(
    (address) => {
      if (address)
        process.stdout.write(`\nNo database yet. Make the first one here, within a day:\n\n  ${address}\n\n`);
    },
    (error: unknown) => app.log.error({ err: error }, 'the set-up address could not be made'),
  );
}

/** Serves until it is told to stop. Throws the refusals of settings, database and migrations. */
export async function serve(): Promise<void> {
  if (cluster.isWorker) return serveAsWorker();
  const config = readConfig();
  const app = await openApp(config, openLog());
  try {
    await migrate(app.store.url);
  } catch (error) {
    await app.close();
    throw error;
  }
  app.store.watch((error) => app.log.error({ err: error }, 'the embedded database went away'));
  if (config.workers > 1) {
    answerWorkers();
    return forkWorkers(config, app.store.url, app);
  }
  startMetrics();
  const listener = buildListener(app, await loadPages());
  await listener.listen({ host: config.host, port: config.port });
  announce(config, app);
  onStop(async () => {
    await closeListener(listener);
    await app.close();
  });
}

if (import.meta.main) {
  serve().catch(async (error: unknown) => {
    const { tellRefusal } = await import('./commands/tell.ts');
    process.stderr.write(`${tellRefusal(error)}\n`);
    process.exit(1);
  });
}
