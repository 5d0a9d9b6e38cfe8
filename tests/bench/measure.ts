// Rates and ratios: several rounds in turn, ours and the bare limit, and the median of each.
import autocannon from 'autocannon';

/** Median of some numbers. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Answers a second of `options` at 8 connections for `seconds`; throws unless all have `status`. */
export async function rate(
  options: Omit<autocannon.Options, 'connections' | 'duration'>,
  status: number,
  seconds: number,
): Promise<number> {
  const result = await autocannon({ ...options, connections: 8, duration: seconds });
  const codes = Object.keys(result.statusCodeStats ?? {});
  if (codes.length !== 1 || Number(codes[0]) !== status || result.errors > 0)
    throw new Error(
      `${options.url}: expected ${status}, got ${codes.join()} and ${result.errors} errors`,
    );
  return result.requests.total / result.duration;
}

/** How often a second `work` can be done, `lanes` at once, for `seconds`. */
export async function loop(
  work: () => Promise<unknown>,
  lanes: number,
  seconds: number,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1_000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (done * 1_000) / (performance.now() - start);
}

/** One line of the report. */
export interface Figure {
  name: string;
  ours: string;
  bare: string;
  result: string;
  wanted: string;
  holds: boolean;
}

/** Takes both rates in turn `rounds` times and compares their medians, after one round to warm up. */
export async function compare(
  name: string,
  wanted: number,
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<Figure> {
  const a: number[] = [];
  const b: number[] = [];
  await ours();
  await bare();
  for (let round = 0; round < rounds; round++) {
    a.push(await ours());
    b.push(await bare());
  }
  const ratio = median(a.map((value, i) => value / b[i]!));
  return {
    name,
    ours: `${median(a).toFixed(0)}/s`,
    bare: `${median(b).toFixed(0)}/s`,
    result: `${(ratio * 100).toFixed(0)} %`,
    wanted: `≥ ${(wanted * 100).toFixed(0)} %`,
    holds: ratio >= wanted,
  };
}
