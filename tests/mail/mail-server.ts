// A real SMTP server for tests, behaving or not; it keeps what it accepted.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that a server accepted. */
export interface Accepted {
  from: string;
  to: string[];
  raw: string;
  messageId: string;
}

/** A running mail server. */
export interface MailServer {
  port: number;
  url: string;
  accepted: Accepted[];
  close(): Promise<void>;
}

/** An answer of SMTP with this code. */
export function answerWith(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Starts an SMTP server that accepts everything, but for what `options` take over. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const accepted: Accepted[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => (raw += chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const messageId = /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '';
        const from = mailFrom ? mailFrom.address : '';
        accepted.push({ from, to: rcptTo.map(({ address }) => address), raw, messageId });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    accepted,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Starts a server that speaks no SMTP of its own: `talk` does with each connection what it likes. */
export async function openRawServer(
  talk: (socket: Socket) => void,
): Promise<{ port: number; url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    talk(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
