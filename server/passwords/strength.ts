// How hard a password is to guess. The word lists take half a second to load and over 100 MB, so
// they live in a process that starts at the first question and goes when none has come for a while.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { makeLane } from './lane.ts';

/** What the process is asked: the beginning of a password, and words close to its owner. */
export interface Question {
  password: string;
  words: string[];
}

/** An estimate. */
export interface Strength {
  /** From 0, guessed at once, to 4. A flawed password has 0, so that no meter praises it. */
  score: 0 | 1 | 2 | 3 | 4;
  /** Catalogue key of the score in words. */
  label: string;
  guessesLog10: number;
  /** Flaw: on the list of common passwords, but for capitals or a short ending. */
  common: boolean;
  /** Flaw: little more than the person's and the co-operative's own words. */
  ofOwnWords: boolean;
  /** Catalogue key of what is wrong with it, and keys of what would help. */
  warning: string | null;
  suggestions: string[];
}

/** Estimating takes longer the longer the password; 100 characters are enough for the top score. */
const LOOKED_AT = 100;
const IDLE_MS = 60_000;

const inLane = makeLane({ running: 1, waiting: 50 });
let estimator: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;

/**
 * Estimates `password` on its first 100 code points. `words` are the person's and the
 * co-operative's own, as they are: names, logins, addresses. They count for little, whole or in
 * part, whatever their capitals and accents. Refuses with `too_busy` when too many wait.
 */
export async function estimateStrength(password: string, words: string[]): Promise<Strength> {
  const start = Array.from(password.slice(0, 2 * LOOKED_AT).normalize('NFKC'));
  return inLane(() => ask({ password: start.slice(0, LOOKED_AT).join(''), words }));
}

/** One question at a time, so that the next message is its answer. */
async function ask(question: Question): Promise<Strength> {
  const asked = hold();
  const settled = new AbortController();
  try {
    asked.send(question);
    const answer = once(asked, 'message', settled).then(([strength]) => strength as Strength);
    return await Promise.race([answer, once(asked, 'exit', settled).then(fail)]);
  } finally {
    settled.abort();
    release(asked);
  }
}

function fail(): never {
  throw new Error('The process that estimates passwords ended without an answer');
}

/** The process, started if need be; while held it keeps the server from exiting. */
function hold(): ChildProcess {
  clearTimeout(idle);
  estimator ??= start();
  estimator.ref();
  estimator.channel?.ref();
  return estimator;
}

function release(asked: ChildProcess): void {
  asked.unref();
  asked.channel?.unref();
  idle = setTimeout(hangUp, IDLE_MS).unref();
}

function hangUp(): void {
  const ended = estimator;
  estimator = undefined;
  ended?.disconnect();
}

function start(): ChildProcess {
  const started = fork(new URL('./estimator.ts', import.meta.url), {
    env: {}, // the addresses and secrets of the server are none of its business
    execArgv: ['--max-semi-space-size=2'], // loading lists leaves garbage: keep little of it
  });
  const forget = () => {
    if (estimator === started) estimator = undefined;
  };
  started.on('disconnect', forget).on('exit', forget).on('error', forget);
  return started;
}
