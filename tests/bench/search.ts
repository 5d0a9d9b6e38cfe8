// The registry's searches against the very same SQL sent by `pg` alone: medians of single calls.
import pg from 'pg';
import { models } from '#server/catalogue.ts';
import { execute } from '#server/models/execute.ts';
import { declareModels } from '#server/models/registry.ts';
import type { Member, Tenant } from '#server/store/caller.ts';
import { openStore, type Store } from '#server/store/open.ts';
import { tenantByName } from '#server/store/tenants.ts';
import { asMember } from '../world.ts';
import { median, type Figure } from './measure.ts';
import type { Ground } from './wire.ts';

const CALLS = 40;

/** As many partners in every given tenant, named as people are; every third lives in Belgium. */
async function fillPartners(client: pg.Client, tenants: number[], each: number): Promise<void> {
  // The triggers would do one by one what the statement below says at once.
  await client.query('set session_replication_role = replica').catch(() => undefined);
  for (const tenant of tenants) {
    await client.query(`set huis.tenant = '${tenant}'`);
    await client.query(
      `insert into partners (tenant, name, complete_name, email, country_id)
       select $1, name, name, email, country_id from (select
         first || ' ' || last || ' ' || substr(md5(i::text), 1, 4) as name,
         lower(first) || i || '@example.be' as email,
         case when i % 3 = 0 then (select id from countries where code = 'BE') end as country_id
       from (select i,
           (array['Marie','Jean','Sofie','Piet','Anne','Karin','Tom','Omar','Zoé','Luc','Els','Bart'])[1 + i % 12] as first,
           (array['Dupont','Peeters','Maes','Jacobs','Claes','Lambert','Dubois','Leroy','Renard'])[1 + i % 9] as last
         from generate_series(1, $2::integer) i) as people) as rows`,
      [tenant, each],
    );
  }
  await client.query('reset huis.tenant');
  await client.query('reset session_replication_role');
  await client.query('analyze partners');
}

async function adminOf(store: Store, tenant: Tenant): Promise<Member> {
  const { language, timeZone } = tenant;
  const outside = { address: '127.0.0.1', userAgent: 'bench', now: () => new Date() };
  const visitor = { tenant, db: store.tenant(tenant.id), person: null, language, timeZone };
  return asMember({ ...visitor, ...outside }, 'admin');
}

interface Question {
  name: string;
  method: string;
  args: unknown[];
}

const questions: Question[] = [
  {
    name: 'search_read, name ilike mar, 80 rows',
    method: 'search_read',
    args: [[['name', 'ilike', 'mar']], ['name', 'email', 'country_id'], 0, 80],
  },
  { name: 'name_search mar', method: 'name_search', args: ['mar', [], 'ilike', 80] },
  { name: 'read_group by country', method: 'read_group', args: [[], [], ['country_id']] },
];

/** The statements a call sends, as SQL and values. */
async function statementsOf(member: Member, { method, args }: Question) {
  const sent: { sql: string; parameters: readonly unknown[] }[] = [];
  const executor = member.db.getExecutor();
  const db = member.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      sent.push(executor.compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const call = { model: 'res.partner', method, args, kwargs: {} };
  // Rights are read once a change; from then on they are in memory.
  await execute(member, call);
  await execute({ ...member, db }, call);
  if (sent.length !== 1) throw new Error(`${method} sent ${sent.length} statements`);
  return sent[0]!;
}

async function p50(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return median(took);
}

function figure(name: string, ours: number, bare: number, most: number): Figure {
  const times = ours / bare;
  return {
    name,
    ours: `${ours.toFixed(1)} ms`,
    bare: `${bare.toFixed(1)} ms`,
    result: `${times.toFixed(2)}×`,
    wanted: `≤ ${most}×`,
    holds: times <= most,
  };
}

/** Medians of ours and of the SQL alone, in turn; the SQL runs with the tenant's rights, as ours does. */
async function both(member: Member, client: pg.Client, question: Question, rounds: number) {
  const { sql, parameters } = await statementsOf(member, question);
  const call = { model: 'res.partner', method: question.method, args: question.args, kwargs: {} };
  const alone = async () => {
    await client.query(
      `begin; set local role huis_server; set local huis.tenant = '${member.tenant.id}'`,
    );
    await client.query({ name: question.method, text: sql, values: [...parameters] });
    await client.query('commit');
  };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await p50(() => execute(member, call)));
    bare.push(await p50(alone));
  }
  return { ours: median(ours), bare: median(bare) };
}

/** 100,000 partners of one tenant; with `whole`, the same among 1,000,000 of fifty tenants. */
export async function searchFigures(ground: Ground, whole: boolean): Promise<Figure[]> {
  declareModels(models);
  const store = await openStore({ databaseUrl: ground.databaseUrl, dataFolder: '' });
  const client = new pg.Client({ connectionString: ground.databaseUrl });
  await client.connect();
  const tenant = (await tenantByName(store, ground.database))!;
  const member = await adminOf(store, tenant);
  await fillPartners(client, [tenant.id], 100_000);
  const figures: Figure[] = [];
  const first = new Map<string, number>();
  for (const question of questions) {
    const { ours, bare } = await both(member, client, question, ground.rounds);
    first.set(question.name, ours);
    figures.push(figure(`${question.name} of 100,000`, ours, bare, 2));
  }
  if (whole) {
    const { rows } = await client.query<{ id: number }>(
      `insert into tenants (name, title) select 'bench-' || i, 'Bench' from generate_series(1, 49) i returning id`,
    );
    await fillPartners(
      client,
      rows.map(({ id }) => id),
      18_400,
    );
    for (const question of questions) {
      const { ours } = await both(member, client, question, ground.rounds);
      figures.push(
        figure(`${question.name}, 1,000,000 rows around`, ours, first.get(question.name)!, 1.5),
      );
    }
    await client.query(`delete from tenants where name like 'bench-%'`);
  }
  await client.end();
  await store.close();
  return figures;
}
