// Trying a mail server: a real mail to whoever tries, so that what works here works for everybody; and which
// step failed, with what to do about it.
import { newToken } from '../kernel/secrets.ts';
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import { compose } from './compose.ts';
import { failureOf, type Step } from './failures.ts';
import { readLetterhead } from './letterhead.ts';
import { logoPart } from './logo-part.ts';
import { fromOf, messageOf } from './message.ts';
import { readersOf } from './readers.ts';
import { senderOf } from './sender.ts';
import { serverOf, type Server } from './servers.ts';
import { openTransport } from './transport.ts';

/** How a trial ended. */
export interface Trial {
  /** The step that failed; null when the mail was accepted. */
  step: Step | null;
  /** The server's own words. */
  reason: string;
  /** Where the mail went. */
  to: string;
  /** Where the server is, for the words. */
  host: string;
  from: string;
}

/** How long a server may be silent while somebody waits, in milliseconds. */
const SILENCE = 12_000;

/** The mail of a trial. Throws Refusal `no_email` (409) for somebody without an address. */
async function trialMail(caller: Caller, userId: number, server: Server) {
  const [reader] = await readersOf(caller, [userId]);
  if (!reader?.email) throw new Refusal('mail_no_own_address', { status: 409 });
  const head = await readLetterhead(caller, ['test']);
  const body = compose(caller, head, { kind: 'test', reader, values: { when: caller.now() } });
  const sender = await senderOf(caller);
  const mail = {
    ...{ id: 0, kind: 'test', from: null, cc: null, replyTo: null, headers: {}, secret: null },
    ...{ linkDead: false, attached: false, attempts: 1, partners: [], to: reader.email },
    ...body,
    messageId: `<${newToken()}@${sender.address.split('@')[1]}>`,
  };
  const logo = head.logo ? await logoPart(caller) : undefined;
  const origin = fromOf(mail, sender, server);
  const message = messageOf(caller, mail, origin, logo ? [logo] : []);
  return { message, to: reader.email, from: sender.address };
}

/**
 * Sends a mail to the caller by this server, in use or not. Answers how that ended. Throws Refusal
 * `not_allowed` (403), `record_unknown` (404), `mail_no_own_address` (409), `mail_test_database` (403).
 */
export async function tryServer(outside: Caller, id: number): Promise<Trial> {
  const caller = mustBelongTo(outside, SETTINGS);
  const server = await serverOf(caller, id);
  if (!server) throw new Refusal('page_unknown', { status: 404 });
  if (caller.tenant.test) throw new Refusal('mail_test_database', { status: 403 });
  const { message, to, from } = await trialMail(caller, caller.person.id, server);
  const about = { to, from, host: server.host };
  try {
    const way = await openTransport(caller, server, { connections: 1, silence: SILENCE });
    try {
      await way.send(message);
    } finally {
      way.close(true);
    }
    return { ...about, step: null, reason: '' };
  } catch (error) {
    const { step, reason } = failureOf(error);
    return { ...about, step, reason };
  }
}

/** What happened and what to do, in words. */
export function wordsOfTrial(language: string, { step, to, reason }: Trial): string {
  const { t, tell } = wordsFor(language);
  if (step === null) return t('mail-server.sent', { to });
  return [tell(`mail-failure.${step}`), reason].filter(Boolean).join(' ');
}
