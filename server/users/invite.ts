// Links to set a password, mailed because an administrator asks: an invitation for whoever never signed in,
// else the instructions for a new password. Links, mails and traces are stored in one transaction, in as
// many statements for a thousand people as for one.
import { randomUUID } from 'node:crypto';
import { aboveOf } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import { makeLinks, type Purpose } from '../links/links.ts';
import type { MailKind } from '../mail/kinds.ts';
import { post, type Letter } from '../mail/post.ts';
import { readersOf, type Reader } from '../mail/readers.ts';
import { mailLeaves } from '../mail/ready.ts';
import type { Asker } from '../models/define.ts';
import { search } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { asking } from '../models/rights.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import { record } from './events.ts';
import { helped } from './manage.ts';

/** What became of a request to send links. */
export interface Sent {
  /** By which the mails are found again; null when nobody could be sent one. */
  batch: string | null;
  people: { id: number; invited: boolean }[];
  /** Those who have no e-mail address. */
  without: { id: number; name: string }[];
  /** How many were passed over: archived, or with rights that the asker does not have. */
  passedOver: number;
  /** Whether mail leaves; else it is kept until a mail server is set. */
  leaves: boolean;
}

/** Which link somebody gets; without it, as far as they have come. */
export type Kind = 'invitation' | 'reset';

/** What somebody is sent. */
export function purposeFor({ signedIn }: Reader, kind?: Kind): Purpose {
  return kind ?? (signedIn ? 'reset' : 'invitation');
}

type Invitation = Extract<MailKind, 'password_reset' | 'invitation' | 'portal_access'>;

function mailFor({ internal }: Reader, purpose: Purpose): Invitation {
  if (purpose === 'reset') return 'password_reset';
  return internal ? 'invitation' : 'portal_access';
}

/** Mails a link to each of these, who have an address; answers the batch of the mails. */
async function mail(asker: Asker, readers: readonly Reader[], kind?: Kind): Promise<string | null> {
  if (readers.length === 0) return null;
  const batch = randomUUID();
  const wishes = readers.map((reader) => {
    return { userId: reader.userId, purpose: purposeFor(reader, kind), way: 'mail' } as const;
  });
  const links = await makeLinks(asker, wishes);
  const letters = links.map((link, i): Letter => {
    const reader = readers[i]!;
    return { kind: mailFor(reader, link.purpose), reader, link, batch };
  });
  await post(asker, letters);
  const ids = readers.map(({ userId }) => userId);
  await record(asker, ids, 'link_mailed');
  return batch;
}

/**
 * Sends these people their links, inside a call of the registry. Who has no address is named, the others
 * get theirs. Throws what `helped` throws.
 */
export async function send(asker: Asker, ids: readonly number[], kind?: Kind): Promise<Sent> {
  const readers = await helped(asker, ids);
  const reachable = readers.filter(({ email }) => email !== '');
  const without = readers.filter(({ email }) => email === '');
  return {
    batch: await mail(asker, reachable, kind),
    people: reachable.map((reader) => {
      return { id: reader.userId, invited: purposeFor(reader, kind) === 'invitation' };
    }),
    without: without.map(({ userId, name }) => ({ id: userId, name })),
    passedOver: 0,
    leaves: await mailLeaves(asker),
  };
}

/** Throws Refusal `person_without_email` or, for several, `nobody_with_email` (409). */
function mustReachSomebody(sent: Sent): Sent {
  if (sent.batch !== null) return sent;
  const [first, second] = sent.without;
  if (!first || second) throw new Refusal('nobody_with_email', { status: 409 });
  throw new Refusal('person_without_email', { status: 409, values: { name: first.name } });
}

/** The same from a page. Throws what `send` throws, and what `mustReachSomebody` throws. */
export async function sendLinks(caller: Caller, ids: readonly number[]): Promise<Sent> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) =>
    mustReachSomebody(await send(asker, ids)),
  );
}

/** Those whom the asker sees and who are neither archived nor above them. */
async function reachedBy(asker: Asker, found: readonly number[]): Promise<Reader[]> {
  const seen = await search(asker, findModel('res.users'), { domain: [['id', 'in', found]] });
  const above = new Set((await aboveOf(asker, seen)).map(({ id }) => id));
  const readers = await readersOf(asker, seen);
  return readers.filter(({ userId }) => !above.has(userId));
}

/** The same for all that a search found: who is archived or above the asker is passed over. */
export async function sendLinksToAll(caller: Caller, found: readonly number[]): Promise<Sent> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const ids = (await reachedBy(asker, found)).map(({ userId }) => userId);
    const sent = mustReachSomebody(await send(asker, ids));
    return { ...sent, passedOver: found.length - ids.length };
  });
}

/** Most people without an address that a question names. */
const MOST_NAMED = 50;

/** What sending would do, to be asked before it is done. */
export interface Preview {
  invitations: number;
  resets: number;
  /** The first of those who have no address, and how many there are. */
  without: { id: number; name: string }[];
  withoutCount: number;
  passedOver: number;
  leaves: boolean;
}

/** Looks at what sending to these would do. Throws Refusal `not_allowed` (403). */
export async function previewLinks(caller: Caller, found: readonly number[]): Promise<Preview> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const readers = await reachedBy(asker, found);
    const without = readers.filter(({ email }) => email === '');
    const reachable = readers.filter(({ email }) => email !== '');
    const invited = reachable.filter((reader) => purposeFor(reader) === 'invitation');
    return {
      invitations: invited.length,
      resets: reachable.length - invited.length,
      without: without.slice(0, MOST_NAMED).map(({ userId, name }) => ({ id: userId, name })),
      withoutCount: without.length,
      passedOver: found.length - readers.length,
      leaves: await mailLeaves(asker),
    };
  });
}

/**
 * Invites people whom this asker made a moment ago: those who work here, have an address and got no
 * password on the way.
 */
export async function inviteNew(asker: Asker, ids: readonly number[]): Promise<void> {
  const readers = await readersOf(asker, ids);
  const invited = readers.filter(
    ({ internal, active, connected, email }) => internal && active && !connected && email !== '',
  );
  await mail(asker, invited, 'invitation');
}
