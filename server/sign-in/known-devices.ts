// The proof that a person has signed in from this browser before: a random mark with a keyed digest
// over tenant and login. It lets nobody in; it only gives the browser a count of failures of its own.
import { randomBytes } from 'node:crypto';
import type { SecretKey } from '../kernel/secrets.ts';

function fold(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

/** The name of the cookie that keeps the mark: one a person, so that a shared computer knows several. */
export function deviceCookie(secret: SecretKey, tenantId: number, login: string): string {
  const digest = secret.digest('device name', tenantId, fold(login)).toString('hex');
  return `huis_device_${digest.slice(0, 12)}`;
}

/** A new mark for this person's browser: `<random>.<digest>`. */
export function newMark(secret: SecretKey, tenantId: number, login: string): string {
  const random = randomBytes(12).toString('base64url');
  return `${random}.${secret.digest('device', tenantId, fold(login), random).toString('base64url')}`;
}

/** The random part of a genuine mark of this person, else null. */
export function recogniseMark(
  secret: SecretKey,
  tenantId: number,
  login: string,
  mark: string | undefined,
): string | null {
  const [random, digest] = (mark ?? '').split('.', 2);
  if (!random || !digest) return null;
  return secret.matches(digest, 'device', tenantId, fold(login), random) ? random : null;
}
