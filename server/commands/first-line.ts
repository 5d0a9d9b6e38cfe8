// A password on standard input: never an argument, which every process of the machine could read.
import type { Readable } from 'node:stream';
import { Refusal } from '../kernel/refusal.ts';
import { MAX_BYTES, tooLong } from '../passwords/hashing.ts';

const NEWLINE = 10;

/** Reads up to the first newline and no further: `yes | huis …` must end. */
async function bytesOfFirstLine(input: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of input as AsyncIterable<Buffer>) {
    const end = part.indexOf(NEWLINE);
    parts.push(end < 0 ? part : part.subarray(0, end));
    length += parts.at(-1)!.length;
    if (end >= 0 || length > MAX_BYTES + 1) break;
  }
  return Buffer.concat(parts);
}

/**
 * The first line of `input`, only its line end removed: spaces belong to a password (ASVS 6.2.8).
 * Throws Refusal `password_not_piped` when a person sits at it, for what they type would show,
 * `password_too_long`, and `password_unusable` for what is not UTF-8.
 */
export async function readFirstLine(input: Readable & { isTTY?: boolean }): Promise<string> {
  if (input.isTTY) throw new Refusal('password_not_piped');
  const bytes = await bytesOfFirstLine(input);
  const line = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes;
  if (line.length > MAX_BYTES) throw tooLong();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    throw new Refusal('password_unusable');
  }
}
