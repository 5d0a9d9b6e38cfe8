// The web client's calls: a method of a model, as the person of the session.
import { isRefusal } from '../kernel/refusal.ts';
import { execute } from '../models/execute.ts';
import { argumentError } from './arguments.ts';
import type { Exchange } from './envelope.ts';
import { isObject } from './json-body.ts';
import { memberOf } from './sessions.ts';
import type { Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

/** Answers a method of a model. */
export async function callKw(visit: Visit, params: Record<string, unknown>, exchange: Exchange) {
  const member = await memberOf(visit, exchange);
  const { model, method, args = [], kwargs = {} } = params;
  if (typeof model !== 'string' || typeof method !== 'string')
    throw argumentError('model and method are named by texts');
  if (!Array.isArray(args) || !isObject(kwargs))
    throw argumentError('args must be a list, and kwargs a dictionary');
  try {
    return await execute(member, { model, method, args, kwargs });
  } catch (error) {
    // Here an unknown model is an unknown address.
    if (!isRefusal(error, 'model_unknown')) throw error;
    throw new WireError('werkzeug.exceptions.NotFound', `Object ${model} doesn't exist`, 404);
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
