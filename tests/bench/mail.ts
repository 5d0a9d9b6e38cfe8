// Delivery against nodemailer's own pool: the same mails, to the same server, over as many connections.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { holdInstallation } from '#server/kernel/installation.ts';
import { holdSecret, openSecretKey } from '#server/kernel/secrets.ts';
import { deliver } from '#server/mail/delivery.ts';
import { post } from '#server/mail/post.ts';
import { readersOf } from '#server/mail/readers.ts';
import { CONNECTIONS } from '#server/mail/transport.ts';
import { openStore } from '#server/store/open.ts';
import { tenantByName } from '#server/store/tenants.ts';
import { root } from '../server.ts';
import { asMember } from '../world.ts';
import { compare, type Figure } from './measure.ts';

const MAILS = 1_000;

async function openSink() {
  const child = spawn(process.execPath, [join(root, 'tests/bench/mail-sink.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(String(line)), close: () => child.kill() };
}

async function openMember(databaseUrl: string, database: string) {
  const store = await openStore({ databaseUrl, dataFolder: '' });
  const tenant = (await tenantByName(store, database))!;
  const { language, timeZone } = tenant;
  const outside = { address: '127.0.0.1', userAgent: 'bench', now: () => new Date() };
  const visitor = { tenant, db: store.tenant(tenant.id), person: null, language, timeZone };
  return { store, member: await asMember({ ...visitor, ...outside }, 'admin') };
}

/** Mails a second that `work` gets rid of. */
async function paceOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (MAILS * 1_000) / (performance.now() - start);
}

/** The figure of issue 4: 1,000 mails delivered at no less than 60 % of what nodemailer's pool does alone. */
export async function mailFigure({
  databaseUrl,
  secretFile,
  database,
  rounds,
}: {
  databaseUrl: string;
  secretFile: string;
  database: string;
  rounds: number;
}): Promise<Figure> {
  const sink = await openSink();
  holdSecret(await openSecretKey(secretFile));
  const smtpUrl = `smtp://127.0.0.1:${sink.port}`;
  holdInstallation({ url: 'http://localhost:8069', mailHosts: [], smtpUrl });
  const { store, member } = await openMember(databaseUrl, database);
  const [known] = await readersOf(member, [member.person.id]);
  const reader = { ...known!, email: 'reader@example.org' };
  const letter = { kind: 'test', reader, values: { when: new Date() } } as const;
  const stop = new AbortController().signal;
  let sample = { subject: '', html: '', text: '' };
  const ours = async () => {
    await post(
      member,
      Array.from({ length: MAILS }, () => letter),
    );
    const row = await member.db
      .selectFrom('mails')
      .select(['subject', 'body_html', 'body_text'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    sample = { subject: row.subject, html: row.body_html, text: row.body_text };
    return paceOf(() => deliver(member, stop));
  };
  const bare = async () => {
    const pool = createTransport({ url: smtpUrl, pool: true, maxConnections: CONNECTIONS });
    const mail = { from: 'noreply@localhost', to: reader.email, ...sample };
    const pace = await paceOf(() =>
      Promise.all(Array.from({ length: MAILS }, () => pool.sendMail(mail))),
    );
    pool.close();
    return pace;
  };
  try {
    const name = `${MAILS} mails delivered, against nodemailer’s pool`;
    return await compare(name, 0.6, rounds, ours, bare);
  } finally {
    await store.close();
    sink.close();
  }
}
