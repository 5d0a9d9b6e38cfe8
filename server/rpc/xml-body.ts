// From the bytes of a request to an XML-RPC call, read while they come in.
import type { Readable } from 'node:stream';
import { BODY_LIMIT } from './limits.ts';
import { BodyError, WireError } from './wire-error.ts';
import { XmlReader, type XmlCall } from './xml-reader.ts';

/** Encodings that clients declare; the first bytes of a document say which. */
const encodings = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['iso-8859-15', 'iso-8859-15'],
  ['windows-1252', 'windows-1252'],
]);

/** Within so many bytes an XML declaration says its encoding. */
const DECLARATION = 200;

function decoderFor(chunk: Buffer): TextDecoder {
  const declaration = chunk.toString('latin1', 0, DECLARATION);
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(declaration)?.[1];
  const name = encodings.get((declared ?? 'utf-8').toLowerCase());
  if (!name) throw new WireError('builtins.LookupError', `unknown encoding: ${declared}`);
  return new TextDecoder(name, { fatal: true });
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new WireError('xml.parsers.expat.ExpatError', 'not well-formed (invalid token)');
  }
}

/** Bytes on their way into the reader; the first are held back until they tell the encoding. */
class Document {
  readonly #reader = new XmlReader();
  #head: Buffer = Buffer.alloc(0);
  #decoder: TextDecoder | undefined;

  write(chunk: Buffer): void {
    if (this.#decoder) return this.#reader.write(decode(this.#decoder, chunk));
    this.#head = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    if (this.#head.length >= DECLARATION) this.#start();
  }

  end(): XmlCall {
    this.#start();
    this.#reader.write(decode(this.#decoder!));
    return this.#reader.end();
  }

  #start(): void {
    if (this.#decoder) return;
    this.#decoder = decoderFor(this.#head);
    this.#reader.write(decode(this.#decoder, this.#head));
  }
}

/**
 * The call in `body`, or the WireError that it is instead. After an error the rest is read past, so
 * that the sender gets to see the answer. Rejects with BodyError (413) beyond the limit.
 */
export function readXmlCall(body: Readable): Promise<XmlCall | WireError> {
  return new Promise((resolve, reject) => {
    const document = new Document();
    let refused = false;
    let bytes = 0;
    const attempt = (step: () => void) => {
      try {
        if (!refused) step();
      } catch (error) {
        refused = true;
        if (error instanceof WireError) resolve(error);
        else reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_LIMIT) return attempt(() => document.write(chunk));
      body.pause();
      reject(new BodyError('the body is too large', 413));
    });
    body.on('end', () => attempt(() => resolve(document.end())));
    body.on('error', () => reject(new BodyError('the body broke off')));
    body.on('close', () => reject(new BodyError('the body broke off')));
  });
}
