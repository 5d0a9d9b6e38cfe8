// The web client's calls: a method of a model, as the person of the session.
import { isRefusal } from '../kernel/refusal.ts';
import { execute, type Call } from '../models/execute.ts';
import { readAhead } from './ahead.ts';
import { argumentError } from './arguments.ts';
import type { Exchange } from './envelope.ts';
import { isObject } from './json-body.ts';
import { askAbout, memberOf } from './sessions.ts';
import type { Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

/** The call in the parameters, or why it is none. */
function callIn({
  model,
  method,
  args = [],
  kwargs = {},
}: Record<string, unknown>): Call | WireError {
  if (typeof model !== 'string' || typeof method !== 'string')
    return argumentError('model and method are named by texts');
  if (!Array.isArray(args) || !isObject(kwargs))
    return argumentError('args must be a list, and kwargs a dictionary');
  return { model, method, args, kwargs };
}

/** Answers a method of a model. */
export async function callKw(visit: Visit, params: Record<string, unknown>, exchange: Exchange) {
  const call = callIn(params);
  const wrong = call instanceof WireError;
  const read = wrong ? undefined : await readAhead(visit, askAbout(visit, exchange), call);
  if (read) return read.result;
  const member = await memberOf(visit, exchange);
  if (wrong) throw call;
  try {
    return await execute(member, call);
  } catch (error) {
    // Here an unknown model is an unknown address.
    if (!isRefusal(error, 'model_unknown')) throw error;
    throw new WireError('werkzeug.exceptions.NotFound', `Object ${call.model} doesn't exist`, 404);
  }
}

/** The same for a button: an action to go on with, or false. */
export async function callButton(
  visit: Visit,
  params: Record<string, unknown>,
  exchange: Exchange,
) {
  const result = await callKw(visit, params, exchange);
  return isObject(result) && typeof result.type === 'string' ? result : false;
}
