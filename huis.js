#!/usr/bin/env node
// `huis COMMAND`: runs the command line with a Node that can, whatever Node it was called with.
// Plain JavaScript, because an older Node must be able to read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first Node that runs TypeScript as it is, without a warning. */
const OLDEST = 24;

// Compiled once rather than at every call; beside the packages, where only their owner can write.
const compiled = fileURLToPath(new URL('./node_modules/.cache/huis', import.meta.url));

/** The Node that the npm package `node` brought along; undefined when it is not installed. */
function packagedNode() {
  const programs = ['node', 'node.exe'];
  try {
    const folder = dirname(module.createRequire(import.meta.url).resolve('node/package.json'));
    return programs.map((name) => join(folder, 'bin', name)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

/**
 * Ctrl-C in a terminal reaches our child by itself; a second one would mean "do not wait".
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function passSignal(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}

/**
 * Runs the command line in that Node, with our arguments, streams and signals, and ends as it ends.
 * @param {string} node
 */
function runIn(node) {
  const cli = fileURLToPath(new URL('./server/cli.ts', import.meta.url));
  const child = spawn(node, [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
  process.on('SIGINT', (signal) => passSignal(child, signal));
  process.on('SIGTERM', (signal) => passSignal(child, signal));
  process.on('SIGHUP', (signal) => passSignal(child, signal));
  child.on('error', (error) => giveUp(`${node} does not start: ${error.message}`));
  child.on('exit', (code, signal) =>
    process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']),
  );
}

/** @param {string} why */
function giveUp(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

if (Number.parseInt(process.versions.node, 10) >= OLDEST) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE || compiled);
  await import('./server/cli.ts');
} else {
  const node = packagedNode();
  if (node) runIn(node);
  else giveUp(`Huis needs Node ${OLDEST} or newer; this is ${process.version}. Run npm ci first.`);
}
