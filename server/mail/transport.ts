// The way out: pooled SMTP connections to one server. The only place that opens any. It refuses to for a
// test database, whatever anybody above it believes.
import { isIP } from 'node:net';
import { Transform } from 'node:stream';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import { Refusal } from '../kernel/refusal.ts';
import type { Caller } from '../store/caller.ts';
import { addressFor } from './guard.ts';
import { accessTokenFor } from './oauth.ts';
import type { AnyServer, Server } from './servers.ts';
import * as store from './transport.store.ts';

/** Connections to one server at most: some providers allow three. */
export const CONNECTIONS = 3;

/** How long a server may stay silent, in milliseconds; and how long one mail may take in all. */
const SILENCE = 30_000;
const LONGEST = 90_000;

/** A mail as it is handed to nodemailer. */
export type Message = Pick<
  SendMailOptions,
  | 'from'
  | 'to'
  | 'cc'
  | 'replyTo'
  | 'subject'
  | 'html'
  | 'text'
  | 'messageId'
  | 'headers'
  | 'attachments'
  | 'envelope'
>;

/** Open connections to a server. */
export interface Transport {
  /**
   * Sends; answers what the server refused of it, if it accepted the rest. Throws what SMTP says. The end of
   * the content is held back until `gate` is settled, so that nothing is accepted before; if that fails, nothing is.
   */
  send(message: Message, gate?: Promise<unknown>): Promise<string | null>;
  /** Ends the connections; those that are at it first finish, unless forced. */
  close(force?: boolean): void;
}

async function authOf(server: Server): Promise<SMTPPoolOptions['auth']> {
  const { username, credentials, authentication } = server;
  if (!username) return undefined;
  if (authentication === 'login') return { user: username, pass: credentials.password ?? '' };
  return { type: 'OAuth2', user: username, accessToken: await accessTokenFor(server) };
}

/** Where a tenant's server is and how it is spoken to; the address is checked, then used. */
async function tenantOptions(server: Server): Promise<SMTPPoolOptions> {
  const { host, port, encryption } = server;
  const address = await addressFor(host);
  const auth = await authOf(server);
  return {
    host: address,
    port,
    secure: encryption === 'ssl',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    // The certificate is to be the name's, not the address's.
    ...(isIP(host) ? {} : { servername: host.replace(/\.$/, '') }),
    ...(auth ? { auth, forceAuth: true } : {}),
  };
}

/** Limits that hold for every server. */
const LIMITS = {
  maxRequeues: 1,
  dnsTimeout: 10_000,
  socketCloseTimeout: 1_000,
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

/** Passes content on, and its end once the gate is open. */
function heldBack(gate: Promise<unknown>): Transform {
  return new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      gate.then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
}

/**
 * Opens the way to a server; connections are made when there is something to send. Throws Refusal
 * `mail_test_database` (403), the guard's `mail_host_unknown` and `mail_host_inner` (422), and
 * `mail_token_refused` (422).
 */
export async function openTransport(
  caller: Caller,
  server: AnyServer,
  { connections = CONNECTIONS, silence = SILENCE } = {},
): Promise<Transport> {
  if (await store.isTest(caller)) throw new Refusal('mail_test_database', { status: 403 });
  const where = server.id === null ? { url: server.url } : await tenantOptions(server);
  // Silence is a missing greeting first: the two clocks start together.
  const times = { greetingTimeout: silence, socketTimeout: silence + 3_000 };
  const pool = createTransport({
    ...LIMITS,
    connectionTimeout: silence,
    ...times,
    ...where,
    pool: true,
    maxConnections: connections,
  });
  pool.use('stream', (mail, done) => {
    const { gate } = mail.data as { gate?: Promise<unknown> };
    if (gate) mail.message.transform(() => heldBack(gate));
    done();
  });
  return {
    send: async (message, gate) => {
      const signal = AbortSignal.timeout(LONGEST);
      const gated: SendMailOptions & { gate?: Promise<unknown> } = { ...message, signal, gate };
      const { rejected, rejectedErrors } = await pool.sendMail(gated);
      if (rejected.length === 0) return null;
      return (rejectedErrors ?? []).map(({ message: words }) => words).join('\n');
    },
    close: (force = false) => pool.transporter.close?.({ force }),
  };
}
