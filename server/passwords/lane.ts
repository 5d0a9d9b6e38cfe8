// A bounded lane for heavy work: a few tasks at once, some in line, the rest turned away.
import { Refusal } from '../kernel/refusal.ts';

/** How much a lane takes: tasks under way at once, and tasks in line behind them. */
interface LaneLimits {
  running: number;
  waiting: number;
}

/**
 * Makes a lane. What it returns runs a task as soon as there is room, first come first served, and
 * answers what the task answers. Rejects with the refusal `too_busy` (503) when the line is full:
 * a late answer would be of no use to anyone, and work piled up would cost memory (ASVS 15.1.3).
 */
export function makeLane({ running, waiting }: LaneLimits) {
  let busy = 0;
  const line: (() => void)[] = [];

  async function take<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line, so that no newcomer can slip in between.
      const next = line.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return function run<T>(task: () => Promise<T>): Promise<T> {
    if (busy < running) {
      busy += 1;
      return take(task);
    }
    if (line.length >= waiting) return Promise.reject(new Refusal('too_busy', { status: 503 }));
    return new Promise<void>((go) => line.push(go)).then(() => take(task));
  };
}
