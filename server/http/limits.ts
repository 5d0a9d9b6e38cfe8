// What a request may look like before anybody reads it.
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Largest body of an ordinary form, in bytes; a signature of 10,000 characters fits. */
const FORM_LIMIT = 128 * 1024;
/** Largest body of a form that carries a picture, in bytes. */
const PICTURE_LIMIT = 9 * 1024 * 1024;
const PICTURE_PATHS = new Set(['/my/profile']);

/** SvelteKit's own ceiling, for its BODY_SIZE_LIMIT. */
export const BODY_CEILING = PICTURE_LIMIT;

function limitFor(path: string): number {
  return PICTURE_PATHS.has(path.replace(/\/__data\.json$/, '')) ? PICTURE_LIMIT : FORM_LIMIT;
}

/** 413 for a body that says it is too large, 411 for one that does not say. */
export function refuseLargeBody(request: FastifyRequest, reply: FastifyReply): boolean {
  const { method, headers } = request;
  if (method === 'GET' || method === 'HEAD') return false;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return false;
  const path = request.url.split('?', 1)[0] ?? '';
  const status = length === undefined ? 411 : Number(length) > limitFor(path) ? 413 : 0;
  if (status === 0) return false;
  void reply.code(status).type('text/plain; charset=utf-8').header('connection', 'close');
  void reply.send(status === 411 ? 'Length Required' : 'Content Too Large');
  return true;
}

/**
 * Whether a browser sends this from another site (ASVS 3.5.1). SvelteKit checks the origin of form
 * posts too; this holds for every unsafe method and any content type.
 */
export function isCrossSite({ method, headers, host }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
