// Delivery of what one tenant has outgoing, by a few lanes, a connection each. A lane says in one commit which
// mail has gone and which it takes. It already begins with the mail it took before, but its content ends
// only after that commit: whatever ends the process loses none and repeats at most one mail a lane.
import { setTimeout as sleep } from 'node:timers/promises';
import { notify } from '../notices/notices.ts';
import { SETTINGS, type Caller } from '../store/caller.ts';
import * as store from './delivery.store.ts';
import { failureOf, pauseAfter, type Failure } from './failures.ts';
import { addresseesOf, fromOf, messageOf, written } from './message.ts';
import { senderOf, type Sender } from './sender.ts';
import { serverFor, serversOf, type AnyServer } from './servers.ts';
import { LOGO } from './sheet.ts';
import { CONNECTIONS, openTransport, type Message, type Transport } from './transport.ts';

/** How long one round lasts at most, in milliseconds: then other tenants have their turn. */
const ROUND = 60_000;

/** One round of a tenant. */
interface Round {
  caller: Caller;
  stop: AbortSignal;
  sender: Sender;
  servers: AnyServer[];
  /** Ways out, opened when first needed; one that cannot be opened stays so for the round. */
  ways: Map<AnyServer, Promise<Transport>>;
  /** How many more a server may be given now; no entry where it has no rate. */
  budgets: Map<AnyServer, number>;
  until: number;
  lanes: Promise<void>[];
  /** The picture that mails show, read when one first does. */
  logo?: ReturnType<typeof readLogo>;
  /** Nothing more is to be taken: the server is away, or has had enough for now. */
  over: boolean;
  /** The server is away: what was taken and not tried waits like the rest. */
  rest?: { minutes: number; failure: Failure };
  /** There is no server to go by. */
  held: boolean;
  /** Something failed for good: administrators are to know. */
  failed: boolean;
  /** When it makes sense to come again, where that is later than at once. */
  again?: Date;
}

async function openRound(caller: Caller, stop: AbortSignal): Promise<Round> {
  const servers = await serversOf(caller);
  const budgets = new Map<AnyServer, number>();
  for (const server of servers)
    if (server.id !== null && server.rate !== null)
      budgets.set(server, server.rate - (await store.lately(caller, server.id)));
  const sender = await senderOf(caller);
  return {
    ...{ caller, stop, sender, servers, budgets, ways: new Map(), lanes: [] },
    ...{ over: false, held: false, failed: false },
    until: Date.now() + ROUND,
  };
}

/** Tells the administrators, once an hour at most, that mail fails for good. */
async function tellAdministrators(caller: Caller): Promise<void> {
  for (const id of await store.untold(caller, SETTINGS)) await notify(caller, id, 'mail_failed');
}

async function fail(round: Round, mail: store.Taken, failure: Failure): Promise<void> {
  await store.end(round.caller, mail, 'exception', failure);
  round.failed = true;
}

/** Lets a mail wait, and all others too when it is the server that is at fault. */
async function waitFor(round: Round, mail: store.Taken, failure: Failure): Promise<void> {
  const minutes = pauseAfter(mail.attempts);
  const givenUp = await store.postpone(round.caller, mail, minutes, failure);
  round.failed ||= givenUp;
  if (!failure.away) return;
  round.over = true;
  round.rest = { minutes, failure };
}

/** Whether the server may have one more now; if not, the mail goes back and the round is over. */
async function mayGo(round: Round, mail: store.Taken, server: AnyServer): Promise<boolean> {
  const left = round.budgets.get(server);
  if (left === undefined) return true;
  round.budgets.set(server, left - 1);
  if (left > 0) return true;
  await store.putBack(round.caller, mail);
  round.over = true;
  round.again = new Date(Date.now() + Math.max(1_000, 60_000 / (server.rate ?? 60)));
  return false;
}

function wayOf(round: Round, server: AnyServer): Promise<Transport> {
  let way = round.ways.get(server);
  if (!way) {
    way = openTransport(round.caller, server);
    way.catch(() => undefined);
    round.ways.set(server, way);
  }
  return way;
}

/** Loaded where a mail shows it only: drawing pictures weighs much. */
async function readLogo(caller: Caller) {
  const { logoPart } = await import('./logo-part.ts');
  return logoPart(caller);
}

/** What travels with a mail: its attachments, and the logo where it shows it. */
async function partsOf(round: Round, mail: store.Taken): Promise<Message['attachments']> {
  const attached = mail.attached ? await store.attachments(round.caller, mail.id) : [];
  if (!mail.html.includes(`"cid:${LOGO}"`)) return attached;
  const logo = await (round.logo ??= readLogo(round.caller));
  return logo ? [logo, ...attached] : attached;
}

/** Hands a mail to its server. Answers what is to be said of it; throws what stood in the way. */
async function hand(
  round: Round,
  mail: store.Taken,
  { server, gate }: { server: AnyServer; gate: Promise<unknown> },
): Promise<store.Sent> {
  const { caller, sender } = round;
  const origin = fromOf(mail, sender, server);
  const message = messageOf(caller, mail, origin, await partsOf(round, mail));
  const way = await wayOf(round, server);
  const refused = await way.send(message, gate);
  const { id, attempts } = mail;
  return { id, attempts, serverId: server.id, from: written(origin.from), refused };
}

/**
 * Deals with one mail; nothing of it is accepted before `gate` is open. Answers it if it was sent; everything
 * else is settled here.
 */
async function dealWith(
  round: Round,
  mail: store.Taken,
  gate: Promise<unknown>,
): Promise<store.Sent | undefined> {
  const { caller } = round;
  if (mail.linkDead) {
    const dead = { type: null, step: 'link', reason: '' } as const;
    return void (await store.end(caller, mail, 'cancel', dead));
  }
  if (addresseesOf(mail).to.length === 0) {
    const nobody = { type: 'mail_email_missing', step: 'nobody', reason: mail.to ?? '' } as const;
    return void (await fail(round, mail, { ...nobody, lasting: true, away: false }));
  }
  const server = serverFor(round.servers, round.sender.address);
  if (!server) {
    await store.putBack(caller, mail);
    round.over = round.held = true;
    return undefined;
  }
  if (!(await mayGo(round, mail, server))) return undefined;
  try {
    return await hand(round, mail, { server, gate });
  } catch (error) {
    const failure = failureOf(error);
    return void (await (failure.lasting ? fail : waitFor)(round, mail, failure));
  }
}

/** What was sent is written down, even if the database needs a moment to come back. */
async function writeDown(caller: Caller, sent: store.Sent): Promise<void> {
  for (let pause = 500; ; pause *= 2) {
    try {
      return await store.finish(caller, sent);
    } catch (error) {
      if (pause > 16_000) throw error;
      await sleep(pause);
    }
  }
}

function mayTake({ over, stop, until }: Round): boolean {
  return !over && !stop.aborted && Date.now() < until;
}

/** Says what was sent, and takes the next if the round goes on. */
async function take(round: Round, sent?: store.Sent): Promise<store.Taken | undefined> {
  const { caller } = round;
  if (!mayTake(round)) return sent && void (await writeDown(caller, sent));
  try {
    return await store.next(caller, sent);
  } catch (error) {
    if (sent) await writeDown(caller, sent);
    throw error;
  }
}

/** A promise that somebody awaits later: its failure shows there. */
function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** One lane: sends what it took, with one mail taken ahead, until there is none. */
async function work(round: Round): Promise<void> {
  let mail = await take(round);
  if (!mail) return;
  // There may be more: another lane looks, as long as there are connections left.
  if (round.lanes.length < CONNECTIONS) round.lanes.push(later(work(round)));
  let ahead = later(take(round));
  let gate: Promise<unknown> = Promise.resolve();
  while (mail) {
    const sent = await dealWith(round, mail, gate);
    const following = ahead;
    gate = ahead = later(take(round, sent));
    mail = await following;
    if (!mail || mayTake(round)) continue;
    await store.putBack(round.caller, mail);
    mail = undefined;
  }
  const left = await ahead;
  if (left) await store.putBack(round.caller, left);
}

/** What a round leaves: all that is due waits where no server takes it, and administrators are told of failures. */
async function settleRest({ caller, rest, held, failed }: Round): Promise<void> {
  const givenUp = held
    ? await store.hold(caller)
    : rest && (await store.postponeAll(caller, rest.minutes, rest.failure));
  if (failed || givenUp) await tellAdministrators(caller);
}

/** Waits for all lanes, those that start meanwhile included; throws what ended one. */
async function allDone({ lanes }: Round): Promise<void> {
  const failed: unknown[] = [];
  for (let i = 0; i < lanes.length; i++) await lanes[i]!.catch((error) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

/**
 * Delivers what the tenant has due, for a minute at most. `stop` ends it after the mails it is at. Answers
 * when to come again where that is later than at once.
 */
export async function deliver(caller: Caller, stop: AbortSignal): Promise<Date | undefined> {
  if (caller.tenant.test) return void (await store.catchAll(caller));
  await store.cancelDead(caller);
  const round = await openRound(caller, stop);
  round.lanes.push(later(work(round)));
  try {
    await allDone(round);
    await settleRest(round);
  } finally {
    for (const way of round.ways.values())
      void way.then(
        (open) => open.close(),
        () => undefined,
      );
  }
  return round.again;
}
