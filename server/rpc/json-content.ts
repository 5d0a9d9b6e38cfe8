// Only bodies that say they are JSON: a form of another site cannot say so without asking first (CSRF).
import type { FastifyInstance } from 'fastify';
import { BODY_LIMIT } from './limits.ts';

const JSON_TYPES = ['application/json', 'application/json-rpc'];

/** Gives the scope bodies as bytes, of JSON alone; any other is answered with 400. */
export function takeJsonOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    JSON_TYPES,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (_request: unknown, body: Buffer) => body,
  );
  // The body is left unread: nothing of it counts.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  scope.addHook('preHandler', async (request, reply) => {
    const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (request.method !== 'POST' || JSON_TYPES.includes(type)) return;
    await reply
      .code(400)
      .header('connection', 'close')
      .type('text/html; charset=utf-8')
      .send('<!doctype html><title>400 Bad Request</title><h1>Bad Request</h1>');
  });
}
