// The cookie of programs that keep a session, under the plain name they look for. Pages have their own.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../store/caller.ts';
import { writeCookie } from '../sign-in/sessions.ts';

const NAME = 'session_id';

function flags(request: FastifyRequest): string {
  return `Path=/; HttpOnly; SameSite=Lax${request.protocol === 'https' ? '; Secure' : ''}`;
}

/** The value the client holds, if any. */
export function readSessionId({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

export function setSessionId(
  request: FastifyRequest,
  reply: FastifyReply,
  tenant: Tenant,
  token: string,
): void {
  const age = tenant.sessionAbsoluteMinutes * 60;
  void reply.header(
    'set-cookie',
    `${NAME}=${writeCookie(tenant.id, token)}; Max-Age=${age}; ${flags(request)}`,
  );
}

export function dropSessionId(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('set-cookie', `${NAME}=; Max-Age=0; ${flags(request)}`);
}
