// A thousand invitations asked for in one form: how long until they are accepted.
import pg from 'pg';
import { Visitor } from '../browserless.ts';
import { PASSWORD } from '../world.ts';
import { median, type Figure } from './measure.ts';

const PEOPLE = 1_000;
const SEND = '/settings/users/send?all=on&filter=&q=bench-invited';

/** Makes people who never connected, in the database of the bench. */
async function addPeople(client: pg.Client, database: string): Promise<void> {
  await client.query(
    `with t as (select id, (select min(c.id) from companies c where c.tenant = t.id) as company
        from tenants t where name = $1),
      made as (
        insert into partners (tenant, name, email)
        select t.id, 'Bench-invited ' || n, 'bench-invited-' || n || '@example.org'
        from t, generate_series(1, $2::integer) n returning tenant, id, email
      )
      insert into users (tenant, partner_id, company_id, login)
      select made.tenant, made.id, t.company, made.email from made, t`,
    [database, PEOPLE],
  );
  // As the database does by itself, a minute later.
  await client.query('analyze partners, users');
}

async function accept(visitor: Visitor): Promise<number> {
  const start = performance.now();
  const answer = await visitor.post(SEND, {});
  const milliseconds = performance.now() - start;
  const to = answer.headers.get('location') ?? '';
  if (answer.status !== 303 || !to.startsWith('/settings/users/sending/'))
    throw new Error(`not accepted: ${answer.status} ${to}`);
  const progress = await (await visitor.get(to)).text();
  if (!progress.includes(`max="${PEOPLE}"`)) throw new Error('not all were accepted');
  return milliseconds;
}

/** The figure of issue 4: 1,000 invitations queued in one request are accepted in under a second. */
export async function inviteFigure(ground: {
  url: string;
  databaseUrl: string;
  database: string;
  rounds: number;
}): Promise<Figure> {
  const client = new pg.Client({ connectionString: ground.databaseUrl });
  await client.connect();
  await addPeople(client, ground.database);
  await client.end();
  const visitor = new Visitor(ground.url);
  await visitor.signIn(ground.database, 'admin', PASSWORD);
  const times: number[] = [];
  for (let round = 0; round < ground.rounds; round++) times.push(await accept(visitor));
  const seconds = median(times) / 1_000;
  return {
    name: `${PEOPLE} invitations accepted in one request`,
    ours: `${seconds.toFixed(2)} s`,
    bare: '',
    result: `${seconds.toFixed(2)} s`,
    wanted: '< 1 s',
    holds: seconds < 1,
  };
}
