// What a request may look like before anybody reads it.
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Largest body of an ordinary form, in bytes; a signature of 10,000 characters fits. */
const FORM_LIMIT = 128 * 1024;
/** Largest body of a form that carries files, in bytes; SvelteKit's own ceiling, for its BODY_SIZE_LIMIT. */
export const BODY_CEILING = 9 * 1024 * 1024;
/** Up to here, in bytes, a body that is too large is read to its end, so that a browser hears why. */
const PATIENCE = 64 * 1024 * 1024;

/** The largest body a form may have, in bytes: files are taken from those who signed in. */
export function bodyLimit(isMember: boolean, type: string | null): number {
  return isMember && type?.startsWith('multipart/form-data') ? BODY_CEILING : FORM_LIMIT;
}

/** 411 for a body that does not say how large it is, 413 for one too large to be told so by a page. */
export function refuseBody(request: FastifyRequest, reply: FastifyReply): boolean {
  const { method, headers } = request;
  if (method === 'GET' || method === 'HEAD') return false;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return false;
  const status = length === undefined ? 411 : Number(length) > PATIENCE ? 413 : 0;
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
