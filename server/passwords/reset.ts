// Asking for a new password. The page notes what was typed and always says the same; who is meant is
// found afterwards, so that neither words, work nor time tell whether somebody is there (ASVS 6.3.8).
import { heldSecret } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { lookUp, makeLinks, type Purpose } from '../links/links.ts';
import { post, type Letter } from '../mail/post.ts';
import { readersOf, type Reader } from '../mail/readers.ts';
import { mailLeaves } from '../mail/ready.ts';
import { notify } from '../notices/notices.ts';
import { usableLogin } from '../sign-in/password.ts';
import * as throttle from '../sign-in/throttle.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import { record } from '../users/events.ts';
import * as store from './reset.store.ts';

/** Asking from one address: for one person as typed, then over all in an hour. */
const LIMITS = { free: 5, first: 60, longest: 3_600, addressLimit: 60 };

/** The most mails that one person is sent in an hour because somebody asked. */
const MAILS_AN_HOUR = 5;

/** The most requests that are looked at in one go. */
const AT_ONCE = 200;

/**
 * Notes that somebody asked for a new password for `name`, a login or an e-mail address as typed. The same
 * work whoever that is. Throws Refusal `reset_name_missing`, or `too_many_tries` (429).
 */
export async function ask(
  caller: Caller,
  { name, language }: { name: string; language: string },
): Promise<void> {
  const typed = name.trim();
  if (typed === '') throw new Refusal('reset_name_missing', { field: 'login' });
  const usable = usableLogin(typed);
  const gate = throttle.turnstile(caller, heldSecret(), usable, null, 'asking for a password');
  await throttle.take(caller, gate, LIMITS);
  await store.insert(caller, usable, language);
}

/**
 * Notes that whoever holds this link, dead or alive, wants a new one. It goes to the mailbox of the link's
 * person. Throws Refusal `link_dead` (410) for an unknown link, or `too_many_tries` (429).
 */
export async function askAgain(caller: Caller, token: string, language: string): Promise<void> {
  const found = await lookUp(caller, token);
  if (!found) throw new Refusal('link_dead', { status: 410, values: { why: 'unknown' } });
  await ask(caller, { name: found.link.login, language });
}

/** Whoever never had a password gets the page of a first one. */
function purposeFor({ connected }: Reader): Purpose {
  return connected ? 'reset' : 'invitation';
}

/** Tells administrators of somebody who asked and has no mailbox, once a day. */
async function tellAdministrators(inside: Caller, { userId, name, login }: Reader): Promise<void> {
  if (await store.wasTold(inside, userId)) return;
  await record(inside, userId, 'reset_unreachable');
  for (const id of await store.administrators(inside))
    await notify(inside, id, 'reset_unreachable', { name, login });
}

/** Posts a new link to each that has a mailbox and has not had too many within the hour. */
async function answerTo(inside: Caller, readers: readonly Reader[]): Promise<void> {
  const reachable = readers.filter(({ email }) => email !== '');
  const links = await makeLinks(
    inside,
    reachable.map((reader) => ({
      userId: reader.userId,
      purpose: purposeFor(reader),
      way: 'mail',
    })),
  );
  const letters = links.map((link, i): Letter => {
    return { kind: 'password_reset', reader: reachable[i]!, link };
  });
  await post(inside, letters);
  await record(
    inside,
    reachable.map(({ userId }) => userId),
    'reset_asked',
  );
  for (const reader of readers) if (reader.email === '') await tellAdministrators(inside, reader);
}

/** Takes the next request behind `place.id` and does what it asks; false when there is none. */
async function settleNext(inside: Caller, place: { id: number }): Promise<boolean> {
  const request = await store.takeNext(inside, place.id);
  if (!request) return false;
  place.id = request.id;
  const meant = await store.meantBy(inside, request.name, MAILS_AN_HOUR);
  // What is recorded of it is recorded as asked from there.
  const from = { ...inside, address: request.address };
  const spoken = new Map(meant.map(({ id, chose }) => [id, chose]));
  const readers = await readersOf(
    inside,
    meant.map(({ id }) => id),
  );
  // Whoever never chose a language reads the one they asked in.
  await answerTo(
    from,
    readers.map((reader) =>
      spoken.get(reader.userId) ? reader : { ...reader, language: request.language },
    ),
  );
  return true;
}

/**
 * Answers what was asked for in the caller's tenant, each request in one transaction with its end; where
 * mail does not leave, requests wait. Answers how many were settled. A request that fails stays for the
 * next time and does not hold up the others; then throws what failed first.
 */
export async function settleRequests(caller: Caller): Promise<number> {
  if (!(await mailLeaves(caller))) return 0;
  const place = { id: 0 };
  const failures: unknown[] = [];
  let settled = 0;
  for (let i = 0; i < AT_ONCE; i++) {
    const before = place.id;
    try {
      if (!(await inTransaction(caller, (inside) => settleNext(inside, place)))) break;
      settled += 1;
    } catch (error) {
      failures.push(error);
      if (place.id === before) break;
    }
  }
  if (failures.length > 0) throw failures[0];
  return settled;
}
