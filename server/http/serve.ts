// One listener: health and figures first, then the pages. Limits and headers for all of them.
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { App } from '../app.ts';
import { addRpc } from '../rpc/routes.ts';
import { isCrossSite, refuseBody } from './limits.ts';
import { metricsText, requests } from './metrics.ts';

/** SvelteKit's handler, built or in development. */
export type PagesHandler = (request: IncomingMessage, response: ServerResponse) => void;

const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/** Whether an address is this machine or an inner network; figures are shown to nobody else. */
function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return near.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

function addHealth(fastify: FastifyInstance, { store, log }: App): void {
  fastify.get('/healthz', async () => ({ status: 'pass' }));
  fastify.get('/readyz', async (_request, reply) => {
    try {
      await store.ready();
      return { status: 'pass' };
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'fail' });
    }
  });
  fastify.get('/metrics', async (request, reply) => {
    if (!isNear(request.ip)) return reply.code(403).send({ status: 'refused' });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metricsText());
  });
}

/** Headers of every answer (ASVS 3.4); SvelteKit adds the content security policy to its pages. */
function setHeaders(request: FastifyRequest, response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  if (request.protocol === 'https')
    response.setHeader('strict-transport-security', 'max-age=31536000');
}

/**
 * Says once, in the log, that a proxy in front is not named: every form would be refused, for its page
 * came over https and what arrives here did not. Strangers can send such headers too: they are no news.
 */
function noticeProxies(fastify: FastifyInstance, { log, config }: App): void {
  if (config.trustProxy.length > 0) return;
  let told = false;
  fastify.addHook('onRequest', async ({ headers, socket: { remoteAddress: from = '' } }) => {
    if (told || headers['x-forwarded-proto'] !== 'https' || !isNear(from)) return;
    told = true;
    log.warn({ from }, 'if this is your proxy, name it in HUIS_TRUST_PROXY: forms are refused');
  });
}

/** What SvelteKit is told comes from here alone: never from a header the client made up. */
function tellPages(request: FastifyRequest): void {
  const { headers } = request.raw;
  headers['x-huis-protocol'] = request.protocol;
  headers['x-huis-host'] = request.host || 'localhost';
  headers['x-huis-address'] = request.ip;
}

/** A path that decodes, of a sane length: anything else is nobody's page. */
function isPath(url: string): boolean {
  if (url.length > 8_192 || !url.startsWith('/') || url.startsWith('//')) return false;
  try {
    return !decodeURIComponent(url.split('?', 1)[0] ?? '').includes('\0');
  } catch {
    return false;
  }
}

/**
 * What a page left unread of a body is read away once it has answered: a browser listens when it has sent
 * all, and the next request of the connection comes behind it. SvelteKit does so itself, but not where it
 * cannot make sense of a request.
 */
function readToTheEnd({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.method === 'GET' || raw.method === 'HEAD') return;
  reply.raw.once('finish', () => {
    if (raw.readableEnded) return;
    raw.removeAllListeners('data');
    raw.resume();
  });
}

function servePages(pages: PagesHandler) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    setHeaders(request, reply.raw);
    if (!isPath(request.raw.url ?? ''))
      return reply.code(400).type('text/plain').send('Bad Request');
    if (isCrossSite(request)) return reply.code(403).type('text/plain').send('Cross-site request');
    if (refuseBody(request, reply)) return reply;
    tellPages(request);
    readToTheEnd(request, reply);
    reply.hijack();
    pages(request.raw, reply.raw);
    return reply;
  };
}

function addPages(fastify: FastifyInstance, pages: PagesHandler): void {
  void fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Pages read their bodies themselves: leave the stream as it came.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/*', servePages(pages));
  });
}

/** Protocols of programs. Those below /web/ speak through a cookie, so other sites may not use them. */
function addPrograms(fastify: FastifyInstance, app: App): void {
  void fastify.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      setHeaders(request, reply.raw);
      if (request.url.startsWith('/web/') && isCrossSite(request))
        await reply.code(403).type('text/plain').send('Cross-site request');
    });
    addRpc(scope, app);
  });
}

/** A request that Node or Fastify cannot read is the sender's fault, whatever they throw. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

/** Builds the listener; the caller listens and closes. */
export function buildListener(app: App, pages: PagesHandler): FastifyInstance {
  const fastify = Fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: app.config.trustProxy.length > 0 ? app.config.trustProxy : false,
    forceCloseConnections: 'idle',
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: false },
    requestTimeout: 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      void reply.code(400).type('text/plain').send('Bad Request');
    },
    onProtoPoisoning: 'error',
  });
  fastify.addHook('onRequest', async (request, reply) => {
    const start = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      const seconds = (performance.now() - start) / 1_000;
      requests.observe(
        { method: request.method, status: `${Math.floor(status / 100)}xx` },
        seconds,
      );
      const path = request.raw.url?.split('?', 1)[0]?.slice(0, 200);
      const line = { method: request.method, path, status, ms: Math.round(seconds * 1_000) };
      if (status >= 500) app.log.warn(line, 'request');
      else app.log.debug(line, 'request');
    });
  });
  fastify.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) app.log.error({ err: error }, 'unexpected');
    void reply
      .code(status)
      .type('text/plain')
      .send(status >= 500 ? 'Error' : 'Bad Request');
  });
  noticeProxies(fastify, app);
  addHealth(fastify, app);
  addPrograms(fastify, app);
  addPages(fastify, pages);
  return fastify;
}
