// The bare limit of reading one record: a Fastify route, one SELECT with pg, the same JSON.
// Arguments: the database, the port, the number of workers, the tenant's number.
import cluster from 'node:cluster';
import Fastify from 'fastify';
import pg from 'pg';

const [url, port, workers, tenant] = process.argv.slice(2);

const READ = `select u.id, u.login, p.name, p.email from users u
  join partners p on p.tenant = u.tenant and p.id = u.partner_id
  where u.tenant = $1 and u.id = any($2::integer[])`;

interface Call {
  id: number;
  params: { args: [number[]] };
}

if (cluster.isPrimary) {
  for (let i = 0; i < Number(workers); i++) cluster.fork();
} else {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const fastify = Fastify();
  fastify.get('/', async () => 'ready');
  fastify.post<{ Body: Call }>('/', async ({ body }) => {
    const values = [Number(tenant), body.params.args[0]];
    const { rows } = await pool.query({ name: 'read', text: READ, values });
    return { jsonrpc: '2.0', id: body.id, result: rows };
  });
  await fastify.listen({ port: Number(port), host: '127.0.0.1' });
  process.on('disconnect', () => process.exit(0));
}
