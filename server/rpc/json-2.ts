// JSON-2: a model and method in the address, named arguments in the body, real statuses, an API key.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import type { Door } from '../api-keys/recognise.ts';
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import { modelsFor } from '../models/describe.ts';
import { execute, methodsOf } from '../models/execute.ts';
import { recogniseBearer } from '../sign-in/programs.ts';
import type { Member } from '../store/caller.ts';
import { tenantByHost } from '../store/tenants.ts';
import { readWithKey } from './ahead.ts';
import { described, faultOf } from './faults.ts';
import { isObject, parseJson } from './json-body.ts';
import { takeJsonOnly } from './json-content.ts';
import { callerIn, enterDatabase, visitOf, type Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

interface Target {
  model: string;
  method: string;
}

/** The database the header names, else the one this address belongs to, else the only one. */
async function enter(visit: Visit, { headers }: FastifyRequest) {
  const named = headers['x-odoo-database'];
  if (named !== undefined) return enterDatabase(visit, named);
  const tenant = await tenantByHost(visit.app.store, visit.host);
  if (tenant) return callerIn(visit, tenant);
  throw new WireError('werkzeug.exceptions.NotFound', 'name a database in X-Odoo-Database', 404);
}

function unauthorized(message: string): WireError {
  return new WireError('werkzeug.exceptions.Unauthorized', message, 401);
}

/** The text of the bearer's key, if the request has any. */
function keyIn({ headers }: FastifyRequest): string | undefined {
  return /^bearer +(\S{1,400}) *$/i.exec(headers.authorization ?? '')?.[1];
}

/** How the request names its database. */
function doorOf(visit: Visit, { headers }: FastifyRequest): Door {
  const named = headers['x-odoo-database'];
  return named === undefined
    ? { name: null, host: visit.host }
    : { name: String(named), host: null };
}

/** The member of the bearer's key. Throws WireError (401). */
async function bearer(visit: Visit, request: FastifyRequest, target: Target): Promise<Member> {
  const value = keyIn(request);
  if (value === undefined)
    throw unauthorized(
      'User not authenticated, use an API Key with a Bearer Authorization header.',
    );
  const caller = await enter(visit, request);
  const proof = { value, protocol: 'json2' as const, ...target };
  try {
    return await recogniseBearer(caller, visit.app.secret, proof, doorOf(visit, request));
  } catch (error) {
    throw isRefusal(error, 'wrong_pair') ? unauthorized('Invalid apikey') : error;
  }
}

function objectIn(body: unknown): Record<string, unknown> | undefined {
  const parsed = Buffer.isBuffer(body) ? parseJson(body) : undefined;
  return isObject(parsed) ? parsed : undefined;
}

function notNamed(): never {
  throw new WireError('werkzeug.exceptions.BadRequest', 'the body must be a JSON object', 400);
}

/** The error as JSON, with its own status. */
function refuse(reply: FastifyReply, error: unknown, visit: Visit) {
  const fault = faultOf(error, visit.caller, visit.app.log);
  const told = described(fault);
  void reply.code(fault.status);
  if (fault.status === 401) void reply.header('www-authenticate', 'Bearer');
  return JSON.stringify(fault.status === 401 ? { ...told, arguments: [fault.text, 401] } : told);
}

/** A handler for what a bearer asks; the answer is bare JSON. */
function forBearer<R extends FastifyRequest>(
  app: App,
  work: (visit: Visit, request: R) => Promise<unknown>,
) {
  return async (request: R, reply: FastifyReply) => {
    const visit = visitOf(app, request, 'json2');
    void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
    try {
      return JSON.stringify((await work(visit, request)) ?? null);
    } catch (error) {
      return refuse(reply, error, visit);
    }
  };
}

type Request = FastifyRequest<{ Params: Target }>;

async function call(visit: Visit, request: Request): Promise<unknown> {
  const { model, method } = request.params;
  const kwargs = objectIn(request.body);
  const key = keyIn(request);
  if (key !== undefined && kwargs) {
    const asked = { model, method, args: [], kwargs };
    const read = await readWithKey(visit, key, doorOf(visit, request), asked);
    if (read) return read.result;
  }
  const member = await bearer(visit, request, request.params);
  visit.caller = member;
  return execute(member, { model, method, args: [], kwargs: kwargs ?? notNamed() });
}

type DocRequest = FastifyRequest<{ Params: { file: string } }>;

/** What `/doc` shows people, for programs: the models, or one with its fields and methods. */
async function describe(visit: Visit, request: DocRequest): Promise<unknown> {
  const name = request.params.file.replace(/\.json$/, '');
  const target = { model: name, method: 'fields_get' };
  const member = await bearer(visit, request, target);
  visit.caller = member;
  const models = await modelsFor(member);
  if (name === 'index') return { models };
  const model = models.find((one) => one.name === name);
  if (!model) throw new Refusal('model_unknown', { status: 404, values: { model: name } });
  const fields = await execute(member, { ...target, args: [], kwargs: {} });
  return { ...model, fields, methods: methodsOf(name) };
}

/** Mounts the endpoint in a scope of its own. */
export function addJson2(scope: FastifyInstance, app: App): void {
  takeJsonOnly(scope);
  scope.post('/json/2/:model/:method', forBearer<Request>(app, call));
  scope.get('/doc-bearer/:file', forBearer<DocRequest>(app, describe));
}
