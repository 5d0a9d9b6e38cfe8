// The real command line as a child process.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { root } from './server.ts';

/** How a command ended and what it wrote. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Circumstances {
  /** What stands on standard input; left out, it stays open and empty. */
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
  /** Options of Node itself. */
  node?: string[];
}

/** Starts `huis ARGS`; `ended` settles once it is over. */
export function startHuis(
  args: string[],
  { input, env = {}, node = [] }: Circumstances = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...node, join(root, 'huis.js'), ...args], {
    cwd: root,
    env: { ...process.env, HUIS_URL: '', HUIS_PORT: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that does not read its input may be gone before we have written it.
  child.stdin.on('error', () => undefined);
  if (input !== undefined) child.stdin.end(input);
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({ code: code as number | null, out, err }),
  );
  return { child, ended };
}

/** Runs `huis ARGS` to its end. */
export async function huis(args: string[], circumstances: Circumstances = {}): Promise<Ended> {
  return startHuis(args, circumstances).ended;
}
