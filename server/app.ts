// The running application: settings, store, secret, log. Opened once a process, reached by the faces.
import pino, { type Logger } from 'pino';
import { keepWritingUses } from './api-keys/uses.ts';
import { models } from './catalogue.ts';
import { readConfig, type Config } from './kernel/config.ts';
import { holdInstallation } from './kernel/installation.ts';
import { holdSecret, openSecretKey, type SecretKey } from './kernel/secrets.ts';
import { watchFullPowers } from './models/asker.ts';
import { declareModels } from './models/registry.ts';
import { openStore, type Store } from './store/open.ts';

/** All that a process of Huis holds on to. */
export interface App {
  config: Config;
  store: Store;
  secret: SecretKey;
  log: Logger;
  close(): Promise<void>;
}

let current: App | undefined;

/** The log: one JSON line an event, on standard output. Nothing logs bodies, cookies or queries. */
export function openLog(): Logger {
  return pino({
    level: process.env.HUIS_LOG_LEVEL ?? 'info',
    base: { pid: process.pid },
    redact: {
      paths: ['*.password', '*.token', '*.cookie', '*.authorization', 'req.headers'],
      remove: true,
    },
  });
}

/** Opens the application for this process. Throws the refusals of its parts. */
export async function openApp(config: Config = readConfig(), log = openLog()): Promise<App> {
  declareModels(models);
  const secret = holdSecret(await openSecretKey(config.secretFile));
  holdInstallation(config);
  if (log.isLevelEnabled('debug'))
    watchFullPowers((taken) => log.debug(taken, 'full powers taken'));
  const store = await openStore(config);
  const stopCounting = keepWritingUses(store, (error) =>
    log.warn({ err: error }, 'the calls of programs are not written yet'),
  );
  current = {
    config,
    store,
    secret,
    log,
    close: async () => {
      current = undefined;
      await stopCounting();
      await store.close();
    },
  };
  return current;
}

/** The open application. Pages call it; it is an error to ask before `openApp` is done. */
export function app(): App {
  if (!current) throw new Error('the application is not open');
  return current;
}
