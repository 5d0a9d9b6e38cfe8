// The envelope of JSON-RPC as Odoo fills it: HTTP 200 around errors too.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { described, faultOf, type Fault } from './faults.ts';
import { isObject, parseJson } from './json-body.ts';
import { visitOf, type Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

/** What a route does with `params`. */
type Work = (visit: Visit, params: Record<string, unknown>, exchange: Exchange) => Promise<unknown>;

/** The request and reply, for routes that read or set the cookie. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** What clients know as an expired session. */
export function sessionExpired(): WireError {
  return new WireError('odoo.http.SessionExpiredException', 'Session expired', 403);
}

const messages: Record<100 | Fault['jsonCode'], string> = {
  100: 'Odoo Session Expired',
  200: 'Odoo Server Error',
  404: '404: Not Found',
};

function codeOf({ pythonClass, jsonCode }: Fault): 100 | Fault['jsonCode'] {
  return pythonClass === 'odoo.http.SessionExpiredException' ? 100 : jsonCode;
}

function failed(fault: Fault, id: unknown) {
  const code = codeOf(fault);
  const error = { code, message: messages[code], data: described(fault) };
  return { jsonrpc: '2.0', id: code === 200 ? id : null, error };
}

function unreadable({ reply }: Exchange, text: string) {
  return reply.code(400).type('text/plain; charset=utf-8').send(text);
}

async function open(app: App, exchange: Exchange, work: Work) {
  const { request, reply } = exchange;
  const parsed = Buffer.isBuffer(request.body) ? parseJson(request.body) : undefined;
  if (parsed === undefined) return unreadable(exchange, 'Invalid JSON data');
  const { id = null, params = {} } = isObject(parsed) ? parsed : { params: null };
  if (!isObject(params)) return unreadable(exchange, 'Invalid JSON-RPC data');
  const visit = visitOf(app, request, 'jsonrpc');
  void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
  try {
    const result = await work(visit, params, exchange);
    // None is told by leaving the result out.
    return JSON.stringify({ jsonrpc: '2.0', id, result: result ?? undefined });
  } catch (error) {
    const fault = faultOf(error, visit.caller, app.log);
    void reply.code(fault.httpStatus);
    return JSON.stringify(failed(fault, id));
  }
}

/** A handler that opens the envelope, does the work and closes it. */
export function inEnvelope(app: App, work: Work) {
  return (request: FastifyRequest, reply: FastifyReply) => open(app, { request, reply }, work);
}
