// The text of a key: `huis_`, eight signs to find it by, and 256 random bits that nothing stores.
import { randomBytes } from 'node:crypto';
import { newToken, type SecretKey } from '../kernel/secrets.ts';

const SHAPE = /^huis_([0-9a-f]{8})_[\w-]{43}$/;

/** A new key: the text its owner sees once, and the prefix it is found by. */
export function newKey(): { key: string; prefix: string } {
  const prefix = randomBytes(4).toString('hex');
  return { key: `huis_${prefix}_${newToken()}`, prefix };
}

/** The prefix of a text that is shaped like a key of ours; null for anything else. */
export function prefixOf(text: string): string | null {
  return SHAPE.exec(text)?.[1] ?? null;
}

/**
 * What is stored of a key: a digest keyed with the installation's secret, so that a copy of the
 * table neither holds keys nor lets anybody make one. 256 random bits need no slow hash.
 */
export function hashKey(secret: SecretKey, tenantId: number, key: string): Buffer {
  return secret.digest('api-key', tenantId, key);
}
