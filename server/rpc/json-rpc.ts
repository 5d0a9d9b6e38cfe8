// JSON-RPC: one address for all services, and the web client's own addresses.
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { argumentError } from './arguments.ts';
import { listDatabases, listLanguages } from './databases.ts';
import { callButton, callKw } from './datasets.ts';
import { dispatch } from './dispatch.ts';
import { inEnvelope } from './envelope.ts';
import { takeJsonOnly } from './json-content.ts';
import { authenticate, check, destroy, getSessionInfo, modules } from './sessions.ts';
import { VERSION } from './version.ts';
import type { Visit } from './visit.ts';

async function call(visit: Visit, { service, method, args }: Record<string, unknown>) {
  if (typeof service !== 'string' || typeof method !== 'string' || !Array.isArray(args))
    throw argumentError('service and method are named by texts, and args must be a list');
  return dispatch(visit, service, method, args);
}

const routes: Record<string, Parameters<typeof inEnvelope>[1]> = {
  '/jsonrpc': call,
  '/web/session/authenticate': authenticate,
  '/web/session/get_session_info': getSessionInfo,
  '/web/session/check': check,
  '/web/session/destroy': destroy,
  '/web/session/modules': modules,
  '/web/session/get_lang_list': async () => listLanguages(),
  '/web/dataset/call_kw': callKw,
  '/web/dataset/call_kw/*': callKw,
  '/web/dataset/call_button': callButton,
  '/web/dataset/call_button/*': callButton,
  '/web/webclient/version_info': async () => VERSION,
  '/web/database/list': listDatabases,
};

/** Mounts the addresses in a scope of their own. */
export function addJsonRpc(scope: FastifyInstance, app: App): void {
  takeJsonOnly(scope);
  for (const [path, work] of Object.entries(routes)) scope.post(path, inEnvelope(app, work));
  scope.get('/web/health', async () => ({ status: 'pass' }));
  scope.get('/web/version', async () => ({
    version_info: VERSION.server_version_info,
    version: VERSION.server_version,
  }));
}
