// Random tokens, their hashes, and the installation's secret key.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from './refusal.ts';

/** A secret of 256 random bits as base64url (43 characters); ASVS 7.2.3 asks for 128. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. A plain hash is enough: a token is random, not guessable. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The installation's secret: keyed digests of things that must not be readable from a table. */
export class SecretKey {
  readonly #key: Buffer;
  /** By purpose: there are a handful, each named in the code. */
  readonly #cipherKeys = new Map<string, Uint8Array>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** HMAC-SHA-256 of the parts under `purpose`; parts are length-prefixed, so none can run into the next. */
  digest(purpose: string, ...parts: (string | number)[]): Buffer {
    const mac = createHmac('sha256', this.#key);
    for (const part of [purpose, ...parts.map(String)]) mac.update(`${part.length}:${part};`);
    return mac.digest();
  }

  /** Whether `mac` (base64url) is the digest of these parts, in constant time. */
  matches(mac: string, purpose: string, ...parts: (string | number)[]): boolean {
    const given = Buffer.from(mac, 'base64url');
    const expected = this.digest(purpose, ...parts);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #cipherKey(purpose: string): Uint8Array {
    let key = this.#cipherKeys.get(purpose);
    if (!key) {
      key = new Uint8Array(hkdfSync('sha256', this.#key, '', purpose, 32));
      this.#cipherKeys.set(purpose, key);
    }
    return key;
  }

  /**
   * The text encrypted under `purpose` and bound to `place` (where it is stored), so that it can be read
   * back nowhere else. AES-256-GCM: 12 bytes of nonce, 16 of tag, then the text.
   */
  encrypt(purpose: string, place: string, text: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#cipherKey(purpose), nonce);
    cipher.setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** What `encrypt` was given; throws when the bytes are not its own or from another place or key. */
  decrypt(purpose: string, place: string, bytes: Buffer): string {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#cipherKey(purpose),
      bytes.subarray(0, 12),
      { authTagLength: 16 },
    );
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}

let held: SecretKey | undefined;

/** Keeps the installation's secret for acts that are called without it. Answers it. */
export function holdSecret(secret: SecretKey): SecretKey {
  held = secret;
  return secret;
}

/** The secret that this process holds; it is an error to ask before the application is open. */
export function heldSecret(): SecretKey {
  if (!held) throw new Error('the application is not open');
  return held;
}

async function makeKey(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return key;
}

async function readKey(path: string): Promise<Buffer> {
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32)
    throw new Refusal('secret_unreadable', { detail: `${path} does not hold a key of 32 bytes` });
  return key;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/**
 * Opens the secret key, made at the first start (mode 600). Two processes may start at once: one
 * makes it, the other reads it. Throws Refusal `secret_unreadable` when the file holds something else.
 */
export async function openSecretKey(path: string): Promise<SecretKey> {
  try {
    return new SecretKey(await readKey(path));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  try {
    return new SecretKey(await makeKey(path));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return new SecretKey(await readKey(path));
  }
}
