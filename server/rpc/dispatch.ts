// Service and method, as XML-RPC and JSON-RPC name them, to whoever answers.
import { lookUp } from './databases.ts';
import { greet } from './greetings.ts';
import { operate } from './object.ts';
import type { Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

const services = new Map([
  ['common', greet],
  ['db', lookUp],
  ['object', operate],
]);

/** Answers a method of a service. Throws WireError for an unknown one, and what the call throws. */
export async function dispatch(
  visit: Visit,
  service: string,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  const answer = services.get(service);
  if (!answer) throw new WireError('builtins.KeyError', `'${service.slice(0, 100)}'`, 404);
  return answer(visit, method, args);
}
