// The listener as in production, in the test's own process, over a real database. Pages are left out.
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { makeKey } from '#server/api-keys/keys.ts';
import type { App } from '#server/app.ts';
import { buildListener } from '#server/http/serve.ts';
import type { Member } from '#server/store/caller.ts';
import { openWorld, PASSWORD, type World } from '../world.ts';

export interface Stage {
  world: World;
  fastify: ReturnType<typeof buildListener>;
  url: string;
  port: number;
  /** What was logged at `warn` and above. */
  logged: string[];
  close(): Promise<void>;
}

/** Opens a world and a listener over it. */
export async function openStage(config: Partial<App['config']> = {}): Promise<Stage> {
  const world = await openWorld();
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const app: App = {
    config: {
      host: '127.0.0.1',
      port: 0,
      dataFolder: '',
      databaseUrl: world.store.url,
      workers: 1,
      url: 'http://localhost:8069',
      trustProxy: [],
      secretFile: '',
      listDatabases: true,
      smtpUrl: undefined,
      mailFrom: undefined,
      mailHosts: [],
      office: false,
      ...config,
    },
    store: world.store,
    secret: world.secret,
    log,
    close: async () => undefined,
  };
  const fastify = buildListener(app, (_request, response) => {
    response.writeHead(404).end('no page');
  });
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  const { port } = fastify.server.address() as AddressInfo;
  return {
    world,
    fastify,
    url: `http://127.0.0.1:${port}`,
    port,
    logged,
    async close() {
      await fastify.close();
      await world.close();
    },
  };
}

/** A new key of this person that may do all they may. */
export async function keyOf({ world }: Stage, member: Member): Promise<string> {
  const wish = { name: 'test', scope: 'all', models: [], readOnly: false, addresses: '' };
  const { key } = await makeKey(member, world.secret, {
    ...wish,
    lasts: '1',
    until: '',
    proof: PASSWORD,
  });
  return key;
}
