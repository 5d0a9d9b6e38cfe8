// The XML-RPC endpoints: version 2 with numbered faults, version 1 with worded ones.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { App } from '../app.ts';
import { dispatch } from './dispatch.ts';
import { faultOf, numbered, worded, type Fault } from './faults.ts';
import { BODY_LIMIT } from './limits.ts';
import { visitOf, type Visit } from './visit.ts';
import { BodyError, WireError } from './wire-error.ts';
import { readXmlCall } from './xml-body.ts';
import type { XmlCall } from './xml-reader.ts';
import { writeAnswer, writeFault } from './xml-writer.ts';

type Told = (fault: Fault) => [number | string, string];

interface Call {
  Params: { service: string };
  Body: XmlCall | WireError | undefined;
}

async function answer(visit: Visit, service: string, call: Call['Body']): Promise<string> {
  if (call instanceof WireError) throw call;
  if (!call)
    throw new WireError('xml.parsers.expat.ExpatError', 'no element found: line 1, column 0');
  // A result that cannot be marshalled is a fault too, after all is committed: as in Odoo.
  return writeAnswer(await dispatch(visit, service, call.method, call.params));
}

function handler(app: App, told: Told) {
  return async (request: FastifyRequest<Call>, reply: FastifyReply) => {
    const visit = visitOf(app, request, 'xmlrpc');
    void reply.type('text/xml; charset=utf-8');
    try {
      return await answer(visit, request.params.service, request.body);
    } catch (error) {
      const fault = faultOf(error, visit.caller, app.log);
      void reply.code(fault.httpStatus);
      return writeFault(...told(fault));
    }
  };
}

function notAllowed(_request: FastifyRequest, reply: FastifyReply) {
  return reply.code(405).header('allow', 'POST').type('text/plain').send('Method Not Allowed');
}

/** Mounts the endpoints in a scope of their own, whose bodies are read as they come in. */
export function addXmlRpc(scope: FastifyInstance, app: App): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT)
      throw new BodyError('the body is too large', 413);
    return readXmlCall(payload);
  });
  for (const [path, told] of [
    ['/xmlrpc/2/:service', numbered],
    ['/xmlrpc/:service', worded],
  ] as const) {
    scope.post<Call>(path, handler(app, told));
    scope.get(path, notAllowed);
  }
}
