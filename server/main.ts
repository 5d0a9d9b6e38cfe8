// Production entry: one primary that owns the database's start and the workers, and the workers
// that listen. With HUIS_WORKERS=1 both are one process.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { getCompileCacheDir, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';
import type { PagesHandler } from './http/serve.ts';
import { readConfig, type Config } from './kernel/config.ts';
import { Refusal } from './kernel/refusal.ts';

// The application is loaded where it is used, not above: workers are to start, and load it themselves,
// before the primary does.

/** How long requests in flight may take to finish after SIGTERM, in milliseconds. */
const GRACE = 10_000;

const built = new URL('../build/handler.js', import.meta.url);

/** The build's copy of Kysely, one file instead of three hundred; for every module of this process. */
const kysely = new URL('../build/kysely.js', import.meta.url);
if (existsSync(kysely))
  registerHooks({
    resolve: (name, context, next) =>
      name === 'kysely'
        ? { url: kysely.href, format: 'module', shortCircuit: true }
        : next(name, context),
  });

/** What listens: loaded where it listens only, for a primary with workers has no use for it. */
async function loadListener() {
  if (!existsSync(built))
    throw new Refusal('pages_not_built', { detail: 'run `npm run build` first' });
  const [{ buildListener }, { startMetrics }, { BODY_CEILING }] = await Promise.all([
    import('./http/serve.ts'),
    import('./http/metrics.ts'),
    import('./http/limits.ts'),
  ]);
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-huis-protocol',
    HOST_HEADER: 'x-huis-host',
    ADDRESS_HEADER: 'x-huis-address',
    BODY_SIZE_LIMIT: String(BODY_CEILING),
  });
  const { handler } = (await import(built.href)) as { handler: PagesHandler };
  // What the first page needs, while the database is still opening.
  await Promise.all([import('./sign-in/password.ts'), import('./site/frame.ts')]);
  startMetrics();
  return (app: App) => buildListener(app, handler);
}

/** Within so many milliseconds the same wish comes twice: npm passes on what the whole group was told. */
const ECHO = 1_000;

/**
 * Calls `stop` once at SIGTERM or SIGINT; a second signal, later, does not wait. Ctrl-C reaches the whole
 * group: a worker leaves it to the primary, which then asks it to stop.
 */
function onStop(stop: () => Promise<void>): void {
  let since: number | undefined;
  const handle = () => {
    const now = performance.now();
    if (since !== undefined && now - since > ECHO) process.exit(1);
    if (since !== undefined) return;
    since = now;
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

/** A worker loads what it needs while the primary readies the database, and listens once told where it is. */
async function serveAsWorker(): Promise<void> {
  const told = new Promise<string>((resolve) =>
    process.once('message', ({ databaseUrl }: { databaseUrl: string }) => resolve(databaseUrl)),
  );
  process.on('disconnect', () => process.exit(1));
  const listenerFor = await loadListener();
  const config = { ...readConfig(), databaseUrl: await told };
  const { openApp } = await import('./app.ts');
  const app = await openApp(config);
  const listener = listenerFor(app);
  await listener.listen({ host: config.host, port: config.port });
  onStop(async () => {
    await closeListener(listener);
    await app.close();
  });
}

async function tellThatOneEnded(facts: object): Promise<void> {
  const { openLog } = await import('./app.ts');
  openLog().error(facts, 'a worker ended; starting another');
}

function fork({ workers }: Config, databaseUrl: Promise<string>): void {
  const worker = cluster.fork({
    NODE_COMPILE_CACHE: getCompileCacheDir() ?? '',
    HUIS_WORKERS: String(workers),
  });
  databaseUrl.then(
    (url) => worker.send({ databaseUrl: url }),
    () => worker.kill(),
  );
}

/**
 * Starts the workers at once; they wait for the database's address. Answers what ends them. Workers
 * that end again and again before any of them ever listened will not do better: `giveUp` is called.
 */
function startWorkers(
  config: Config,
  databaseUrl: Promise<string>,
  giveUp: () => void,
): () => Promise<void> {
  let stopping = false;
  let listened = false;
  let inVain = 0;
  cluster.once('listening', () => (listened = true));
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url), args: [] });
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    if (!listened && ++inVain > 2 * config.workers) return giveUp();
    void tellThatOneEnded({ worker: worker.process.pid, code, signal });
    setTimeout(() => stopping || fork(config, databaseUrl), 500);
  });
  for (let i = 0; i < config.workers; i++) fork(config, databaseUrl);
  return async () => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map((worker) => {
        const gone = new Promise((resolve) => worker.once('exit', resolve));
        worker.process.kill('SIGTERM');
        return gone;
      }),
    );
  };
}

let announced = false;

async function tellSetUpAddress(config: Config, app: App): Promise<void> {
  const { offerSetUp } = await import('./tenants/set-up.ts');
  const address = await offerSetUp(app.store, config);
  if (address)
    process.stdout.write(
      `\nNo database yet. Make the first one here, within a day:\n\n  ${address}\n\n`,
    );
}

/** Says once where it listens, and the set-up address when there is no database yet. */
function announce(config: Config, app: App): void {
  if (announced) return;
  announced = true;
  process.stdout.write(`Huis listens on http://${config.host}:${config.port}\n`);
  tellSetUpAddress(config, app).catch((error: unknown) =>
    app.log.error({ err: error }, 'the set-up address could not be made'),
  );
}

let office: { close(): Promise<void> } | undefined;

async function openOffice(app: App): Promise<void> {
  const { openBehind } = await import('./behind.ts');
  office = openBehind(app);
}

async function closeOffice(): Promise<void> {
  await office?.close();
}

/** Opens and migrates the database. Throws the refusals of both, leaving nothing open. */
async function openMigrated(config: Config): Promise<App> {
  const [{ openApp }, { migrate }, { upgradeTenants }, { keepSweeping }] = await Promise.all([
    import('./app.ts'),
    import('./store/migrate.ts'),
    import('./tenants/upgrade.ts'),
    import('./sweeps.ts'),
  ]);
  const app = await openApp(config);
  try {
    await migrate(app.store.url);
    await upgradeTenants(app.store);
  } catch (error) {
    await app.close();
    throw error;
  }
  app.store.watch((error) => app.log.error({ err: error }, 'the embedded database went away'));
  keepSweeping(app.store, (what, error) =>
    app.log.error({ err: error, what }, 'what is old could not be swept'),
  );
  return app;
}

async function serveWithWorkers(config: Config): Promise<void> {
  let found: (url: string) => void = () => undefined;
  const databaseUrl = new Promise<string>((resolve) => (found = resolve));
  let opened: App | undefined;
  const giveUp = () => {
    void stopWorkers()
      .then(() => opened?.close())
      .finally(() => process.exit(1));
  };
  const stopWorkers = startWorkers(config, databaseUrl, giveUp);
  try {
    const app = (opened = await openMigrated(config));
    const { answerWorkers } = await import('./http/metrics.ts');
    answerWorkers();
    cluster.on('listening', () => announce(config, app));
    cluster.once('listening', () => void openOffice(app));
    onStop(async () => {
      await Promise.all([stopWorkers(), closeOffice()]);
      await app.close();
    });
    found(app.store.url);
  } catch (error) {
    await stopWorkers();
    throw error;
  }
}

async function serveAlone(config: Config): Promise<void> {
  const [app, listenerFor] = await Promise.all([openMigrated(config), loadListener()]);
  const listener = listenerFor(app);
  await listener.listen({ host: config.host, port: config.port });
  announce(config, app);
  void openOffice(app);
  onStop(async () => {
    await Promise.all([closeListener(listener), closeOffice()]);
    await app.close();
  });
}

/** Serves until it is told to stop. Throws the refusals of settings, database and migrations. */
export async function serve(): Promise<void> {
  if (cluster.isWorker) return serveAsWorker();
  const config = readConfig();
  return config.workers > 1 ? serveWithWorkers(config) : serveAlone(config);
}

/** Serves; a refusal is one line on standard error and exit code 1. */
export async function start(): Promise<void> {
  try {
    await serve();
  } catch (error) {
    const { tellRefusal } = await import('./commands/tell.ts');
    process.stderr.write(`${tellRefusal(error)}\n`);
    process.exit(1);
  }
}

if (import.meta.main) await start();
