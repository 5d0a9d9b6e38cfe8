// The real server as a child process, started the way people start it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** A running server and what it said so far. */
export interface RunningServer {
  url: string;
  port: number;
  process: ChildProcess;
  output(): string;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL for it and its workers. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();

// A test that failed half-way leaves no server behind, nor waits for one.
process.on('exit', () => {
  for (const { pid } of running)
    try {
      process.kill(-pid!, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
});

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits until `holds` answers true, at most `seconds`. */
export async function until(holds: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not happen within ${seconds} s`);
}

/** Starts `server/main.ts` (or the development entry) and waits until it answers. */
export async function startServer(
  env: NodeJS.ProcessEnv,
  entry = 'server/main.ts',
): Promise<RunningServer> {
  const port = env.HUIS_PORT ? Number(env.HUIS_PORT) : await freePort();
  const child = spawn(process.execPath, [join(root, entry)], {
    cwd: root,
    // A group of its own, so that `kill` reaches the workers too.
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HUIS_WORKERS: '1',
      // The run's database is shared: who wants mail delivered names the databases it is delivered for.
      HUIS_OFFICE: 'false',
      HUIS_PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const gone = once(child, 'exit') as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([
    until(async () => (await fetch(`${url}/healthz`)).ok, 60),
    gone.then(([code]) => Promise.reject(new Error(`the server ended with ${code}:\n${output}`))),
  ]);
  return {
    url,
    port,
    process: child,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      return (await gone)[0];
    },
    kill: async () => {
      process.kill(-child.pid!, 'SIGKILL');
      await gone;
    },
  };
}
