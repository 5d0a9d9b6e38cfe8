// From the bytes of a request to JSON. Depth and number of values are counted before anything is built.
import { DEPTH_LIMIT, VALUES_LIMIT } from './limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the text that opens at `start` ends; -1 when it does not. */
function endOfText(body: Buffer, start: number): number {
  let end = start;
  do {
    end = body.indexOf(QUOTE, end + 1);
    let slashes = 0;
    while (body[end - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  } while (end !== -1);
  return -1;
}

/** Whether the brackets outside texts stay within what we read. */
function isModest(body: Buffer): boolean {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = endOfText(body, at);
      if (at === -1) return true; // Not JSON: the parser says so.
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      values += 1;
      // The envelope, its params and the arguments are three levels of their own.
      if (depth > DEPTH_LIMIT + 4) return false;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    else if (byte === 0x2c) values += 1;
  }
  return values <= VALUES_LIMIT;
}

/** The JSON in the body; undefined when it is none, or nests or holds more than we read. */
export function parseJson(body: Buffer): unknown {
  if (!isModest(body)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    // Such a member would change what the object is, once somebody assigns it.
    if (!/__proto__|\\u005f/i.test(text)) return JSON.parse(text);
    return JSON.parse(text, (name, value) => (name === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}

/** Whether a value is an object, as opposed to a list or a scalar. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
