// Odoo on the wire: every protocol in a scope of its own, for each reads its bodies its own way.
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { addJson2 } from './json-2.ts';
import { addJsonRpc } from './json-rpc.ts';
import { addXmlRpc } from './xml-rpc.ts';

/** Mounts XML-RPC, JSON-RPC, the web client's routes and JSON-2. */
export function addRpc(fastify: FastifyInstance, app: App): void {
  for (const add of [addXmlRpc, addJsonRpc, addJson2])
    void fastify.register(async (scope) => add(scope, app));
}
