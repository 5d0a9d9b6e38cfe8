// `npm run bench`: what the server does against the bare limit of the same machine, in one run.
// `npm run bench -- quick` takes fewer, shorter rounds.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { hashPassword } from '#server/passwords/hashing.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { Visitor } from '../browserless.ts';
import { freePort, root, startServer, until, type RunningServer } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { inviteFigure } from './invite.ts';
import { compare, loop, median, rate, type Figure } from './measure.ts';
import { mailFigure } from './mail.ts';
import { searchFigures } from './search.ts';
import { wireFigures } from './wire.ts';
import { machine, memory, postmasterOf, timeToFirstAnswer } from './processes.ts';

const quick = process.argv.includes('quick');
const ROUNDS = quick ? 3 : 5;
const SECONDS = quick ? 3 : 6;
/** What `npm start` takes too; the bare page gets as many. */
const WORKERS = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), 'huis-bench-'));
chmodSync(folder, 0o711);
const dataFolder = join(folder, 'data');
const given = process.env.DATABASE_URL;
const env = {
  HUIS_DATA: dataFolder,
  DATABASE_URL: given ?? '',
  HUIS_LOG_LEVEL: 'warn',
  // As people run it: with the office.
  HUIS_OFFICE: 'true',
};
const DATABASE = 'bench';
const PREFERENCES = '/my/profile?/save';

function huis(...args: string[]): string {
  return execFileSync(process.execPath, [join(root, 'huis.js'), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    input: `${PASSWORD}\n`,
  });
}

/** Gives every person of the demonstration the same password, so that eight can sign in at once. */
async function givePasswords(client: pg.Client): Promise<string[]> {
  const hash = await hashPassword(PASSWORD);
  const { rows } = await client.query<{ login: string }>(
    `update users set password_hash = $1 where active and tenant = (select id from tenants where name = $2)
     returning login`,
    [hash, DATABASE],
  );
  return rows.map(({ login }) => login);
}

/** One sign-in as a browser does it. */
interface SignIn {
  login: string;
  /** The mark that the browser got when this person signed in with it before. */
  cookie?: string;
}

/** Signs everybody in once, so that their browser is known; a new one is told to its owner by mail. */
async function getKnown(server: RunningServer, logins: string[]): Promise<SignIn[]> {
  const known: SignIn[] = [];
  for (const login of logins) {
    const visitor = new Visitor(server.url);
    await visitor.signIn(DATABASE, login, PASSWORD);
    const marks = [...visitor.jar].filter(([name]) => name.includes('device'));
    if (marks.length !== 1) throw new Error(`the browser of ${login} is not known`);
    known.push({ login, cookie: marks.map(([name, value]) => `${name}=${value}`).join('; ') });
  }
  return known;
}

async function signInFigures(server: RunningServer, logins: string[]): Promise<Figure[]> {
  const { method, headers } = post(server);
  const ours = (people: SignIn[]) => {
    let clients = 0;
    return rate(
      {
        url: server.url,
        // Each of the eight has people of its own: nobody signs in twice at the same moment.
        setupClient: (client) => {
          const nth = clients++ % 8;
          const own = people.filter((_, i) => i % 8 === nth);
          client.setRequests(
            own.map(({ login, cookie }) => ({
              method,
              headers: cookie ? { ...headers, cookie } : headers,
              path: `/web/login?db=${DATABASE}`,
              body: new URLSearchParams({ login, password: PASSWORD }).toString(),
            })),
          );
        },
      },
      303,
      SECONDS,
    );
  };
  const bare = async () =>
    Number(
      execFileSync(process.execPath, [join(root, 'tests/bench/bare-hash.ts'), String(SECONDS)], {
        encoding: 'utf8',
      }),
    );
  const fresh = logins.map((login) => ({ login }));
  const known = await getKnown(server, logins);
  const figure = (name: string, people: SignIn[]) =>
    compare(`sign-in, form post to redirect, ${name}`, 0.92, ROUNDS, () => ours(people), bare);
  return [
    await figure('from a browser they know', known),
    await figure('from a new one, told by mail', fresh),
  ];
}

/** What every form of a browser carries. */
function post({ url }: RunningServer) {
  return {
    method: 'POST',
    headers: {
      origin: url,
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
    },
  } as const;
}

/** Builds SvelteKit with one static page of `bytes` and serves it bare; answers its address. */
async function plainPage(bytes: number): Promise<{ url: string; close(): void }> {
  const source = join(root, 'tests/bench/plain');
  const made = join(root, '.svelte-kit', `bench-plain-${bytes}`);
  cpSync(source, made, { recursive: true });
  writeFileSync(join(made, 'package.json'), '{ "type": "module", "private": true }\n');
  const page = join(made, 'src/routes/+page.svelte');
  const text = 'Huis '.repeat(Math.max(1, Math.floor((bytes - 400) / 5)));
  writeFileSync(page, readFileSync(page, 'utf8').replace('%text%', text));
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: made,
    env: { ...process.env, PLAIN_OUT: join(made, 'build'), NODE_ENV: 'production' },
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [join(root, 'tests/bench/plain-server.ts'), join(made, 'build/handler.js'), port, WORKERS].map(
      String,
    ),
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}/`;
  await until(async () => (await fetch(url)).ok);
  return { url, close: () => server.kill() };
}

async function pageFigure(name: string, url: string, cookie: string): Promise<Figure> {
  const size = (await (await fetch(url, { headers: { cookie } })).text()).length;
  const plain = await plainPage(size);
  const figure = await compare(
    `${name} (${(size / 1024).toFixed(1)} KB)`,
    0.35,
    ROUNDS,
    () => rate({ url, headers: { cookie } }, 200, SECONDS),
    () => rate({ url: plain.url }, 200, SECONDS),
  );
  plain.close();
  return figure;
}

async function preferenceFigure(
  server: RunningServer,
  cookie: string,
  url: string,
): Promise<Figure> {
  const zones = ['Europe/Brussels', 'Europe/Paris'];
  let turn = 0;
  const { method, headers } = post(server);
  const ours = () =>
    rate(
      {
        url: server.url,
        setupClient: (client) =>
          client.setRequests(
            zones.map((timeZone) => ({
              method,
              headers: { ...headers, cookie },
              path: PREFERENCES,
              body: `timeZone=${encodeURIComponent(timeZone)}`,
            })),
          ),
      },
      303,
      SECONDS,
    );
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const { rows } = await pool.query<{ tenant: number; id: number }>(
    `select tenant, partner_id as id from users where login = 'admin'
      and tenant = (select id from tenants where name = $1)`,
    [DATABASE],
  );
  const { tenant, id } = rows[0]!;
  const bare = () =>
    loop(
      () =>
        pool.query(
          'update partners set time_zone = $3, updated_at = now() where tenant = $1 and id = $2',
          [tenant, id, zones[turn++ % 2]],
        ),
      8,
      SECONDS,
    );
  const figure = await compare(
    'saving a preference, against update and commit',
    0.4,
    ROUNDS,
    ours,
    bare,
  );
  await pool.end();
  return figure;
}

async function startFigures(): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timeToFirstAnswer(env));
  const seconds = median(times);
  const first: Figure = {
    name: 'npm start to the first page',
    ours: `${seconds.toFixed(2)} s`,
    bare: '',
    result: `${seconds.toFixed(2)} s`,
    wanted: '≤ 2 s',
    holds: seconds <= 2,
  };
  if (given) return [first];
  const server = await startServer(env);
  await fetch(`${server.url}/web/login`);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const { server: own, database } = memory(server.process.pid!, postmasterOf(dataFolder));
  await server.stop();
  const total = own + database;
  return [
    first,
    {
      name: 'idle memory, one worker and its database',
      ours: `${own.toFixed(0)} + ${database.toFixed(0)} MiB`,
      bare: '',
      result: `${total.toFixed(0)} MiB`,
      wanted: '≤ 200 MiB',
      holds: total <= 200,
    },
  ];
}

/** Bytes on the wire of the sign-in page with all it loads before anybody types. */
async function wireFigure(server: RunningServer): Promise<Figure> {
  const page = `${server.url}/web/login?db=${DATABASE}`;
  const html = await (await fetch(page)).text();
  const blocking = /<script(?![^>]*(type="module"|defer|async))[^>]*src=/.test(html);
  const links = [...html.matchAll(/<(?:link|script)[^>]+(?:href|src)="([^"]+)"/g)]
    .map(([, link]) => new URL(link!, page).href)
    .filter((link) => !/rel="alternate"/.test(link));
  let bytes = gzipSync(html).length;
  for (const link of new Set(links)) {
    const answer = await fetch(link, { headers: { 'accept-encoding': 'gzip' } });
    const body = Buffer.from(await answer.arrayBuffer());
    bytes += gzipSync(body).length;
  }
  return {
    name: `sign-in page on the wire${blocking ? ', WITH A BLOCKING SCRIPT' : ', no blocking script'}`,
    ours: `${(bytes / 1024).toFixed(1)} KB`,
    bare: '',
    result: `${(bytes / 1024).toFixed(1)} KB`,
    wanted: '≤ 30 KB',
    holds: bytes <= 30 * 1024 && !blocking,
  };
}

function report(figures: Figure[]): void {
  const rows = [
    ['', 'ours', 'bare', 'result', 'wanted', ''],
    ...figures.map(({ name, ours, bare, result, wanted, holds }) => [
      name,
      ours,
      bare,
      result,
      wanted,
      holds ? 'holds' : 'FALLS SHORT',
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd()}\n`,
    );
}

process.stdout.write(
  `${machine()}, ${given ? 'the given PostgreSQL' : 'embedded PostgreSQL'}; medians of ${ROUNDS} rounds of ${SECONDS} s, 8 connections, ${WORKERS} workers\n\n`,
);
const figures: Figure[] = [];
huis('database', 'create', DATABASE, '--demo', '--password-stdin');
figures.push(...(await startFigures()));
// The embedded database stays open for the bare limits while servers come and go.
const held = given ? undefined : await openEmbedded(dataFolder);
const url = given ?? held!.url;
figures.push(
  await mailFigure({
    databaseUrl: url,
    secretFile: join(dataFolder, 'secret.key'),
    database: DATABASE,
    rounds: ROUNDS,
  }),
);
const server = await startServer({ ...env, HUIS_WORKERS: String(WORKERS) });
try {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const logins = await givePasswords(client);
  await client.end();
  const visitor = new Visitor(server.url);
  await visitor.signIn(DATABASE, 'admin', PASSWORD);
  const cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  figures.push(await wireFigure(server));
  figures.push(...(await signInFigures(server, logins)));
  figures.push(await pageFigure('sign-in page', `${server.url}/web/login?db=${DATABASE}`, ''));
  figures.push(await pageFigure('profile page', `${server.url}/my/profile`, cookie));
  figures.push(await preferenceFigure(server, cookie, url));
  const ground = {
    url: server.url,
    databaseUrl: url,
    secretFile: join(dataFolder, 'secret.key'),
    database: DATABASE,
    workers: WORKERS,
    rounds: ROUNDS,
    seconds: SECONDS,
  };
  figures.push(...(await wireFigures(ground)));
  figures.push(await inviteFigure(ground));
  figures.push(...(await searchFigures(ground, !quick)));
} finally {
  await server.stop();
  if (given) huis('database', 'delete', DATABASE, '--yes');
  await held?.stop();
  rmSync(folder, { recursive: true, force: true });
}
report(figures);
