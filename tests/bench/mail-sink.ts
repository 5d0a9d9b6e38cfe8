// A mail server in a process of its own, for the bench: accepts everything and keeps nothing. Says its port.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => done());
  },
});
const listening = server.listen(0, '127.0.0.1');
await once(listening, 'listening');
process.stdout.write(`${(listening.address() as AddressInfo).port}\n`);
