// A request of a program: which application it reached, from where, and as whom it may speak.
import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import type { Caller, Member, Tenant } from '../store/caller.ts';
import type { Speaker } from '../store/reminders.ts';
import { tenantByName } from '../store/tenants.ts';
import { WireError } from './wire-error.ts';

const LONGEST_AGENT = 400;

/** What a call knows of its request. `caller` is set as soon as it is known: faults are worded for it. */
export interface Visit {
  app: App;
  protocol: 'xmlrpc' | 'jsonrpc' | 'json2';
  address: string;
  userAgent: string;
  /** Host and port as the client named them. */
  host: string;
  caller: Caller | null;
}

/** The visit of a request. */
export function visitOf(app: App, request: FastifyRequest, protocol: Visit['protocol']): Visit {
  return {
    app,
    protocol,
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT),
    host: request.host.toLowerCase(),
    caller: null,
  };
}

/** A visitor of the tenant from where this request comes. */
function visitorOf({ app, address, userAgent }: Visit, tenant: Tenant): Caller {
  const { language, timeZone } = tenant;
  const db = app.store.tenant(tenant.id);
  return {
    tenant,
    db,
    person: null,
    language,
    timeZone,
    address,
    userAgent,
    now: () => new Date(),
  };
}

/** The visitor of a tenant, before anybody is recognised. */
export function callerIn(visit: Visit, tenant: Tenant): Caller {
  return (visit.caller = visitorOf(visit, tenant));
}

/** The speaker as a member, in their own language and zone. */
export function memberFor(visit: Visit, speaker: Speaker): Member {
  const { tenant, person, language, timeZone } = speaker;
  return {
    ...visitorOf(visit, tenant),
    person,
    language: language ?? tenant.language,
    timeZone: timeZone ?? tenant.timeZone,
  };
}

/** The visitor of the database with this name. Throws WireError when there is none. */
export async function enterDatabase(visit: Visit, name: unknown): Promise<Caller> {
  const tenant = typeof name === 'string' ? await tenantByName(visit.app.store, name) : undefined;
  if (tenant) return callerIn(visit, tenant);
  const shown = typeof name === 'string' ? name.slice(0, 63) : typeof name;
  throw new WireError(
    'psycopg2.OperationalError',
    `FATAL:  database "${shown}" does not exist`,
    404,
  );
}
