// Passwords verified a moment ago: programs send theirs with every call, and hashing it each time
// would cost them and us fifty milliseconds. Kept is a digest under a key that lives as long as the
// process, beside the stored hash it was verified against: another hash, and it says nothing.
import { createHmac, randomBytes } from 'node:crypto';

/** How long a verification counts, in milliseconds. */
const LASTS = 10 * 60_000;
/** How many are kept; the one used longest ago goes first. */
const KEPT = 10_000;

const key = randomBytes(32);
const kept = new Map<string, { passwordHash: string; until: number }>();
const underWay = new Map<string, Promise<boolean>>();

/** The digest of a person's password; the value itself is kept nowhere. */
export function digestOf(tenantId: number, userId: number, value: string): string {
  return createHmac('sha256', key).update(`${tenantId}:${userId}:${value}`).digest('base64');
}

/** Whether the digest was verified against this very hash within the last ten minutes. */
export function isVerified(digest: string, passwordHash: string, now: Date): boolean {
  const entry = kept.get(digest);
  if (!entry) return false;
  kept.delete(digest);
  if (entry.passwordHash !== passwordHash || entry.until <= now.getTime()) return false;
  kept.set(digest, entry);
  return true;
}

/** Notes that it was. */
export function noteVerified(digest: string, passwordHash: string, now: Date): void {
  kept.delete(digest);
  const oldest = kept.keys().next();
  if (kept.size >= KEPT && !oldest.done) kept.delete(oldest.value);
  kept.set(digest, { passwordHash, until: now.getTime() + LASTS });
}

/** Runs `verify` once for all who ask the same at the same time. */
export function shared(question: string, verify: () => Promise<boolean>): Promise<boolean> {
  const running = underWay.get(question);
  if (running) return running;
  const started = verify().finally(() => underWay.delete(question));
  underWay.set(question, started);
  return started;
}
