// The one door for calls from outside: a model, a method, arguments as Odoo's clients send them.
import { Refusal } from '../kernel/refusal.ts';
import type { Member } from '../store/caller.ts';
import { askerOf, inOne } from './asker.ts';
import { asRefusal } from './constraints.ts';
import type { Act, Asker, Context, Model } from './define.ts';
import { readIds } from './read.ts';
import { findModel } from './registry.ts';
import { mustReach, mustUse, prepare } from './rights.ts';
import { verbs } from './verbs.ts';

/** A call as protocols carry it. `context` travels in `kwargs`; `ids` may too. */
export interface Call {
  model: string;
  method: string;
  args: readonly unknown[];
  kwargs: Readonly<Record<string, unknown>>;
}

/** A method as documentation shows it. */
export interface MethodDescription {
  name: string;
  /** Whether it takes record numbers. */
  ids: boolean;
  params: { name: string; required: boolean }[];
  reads: boolean;
}

/** The context without what is not a context: anything but an object is nothing. */
export function readContext(value: unknown): Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...(value as Context) }
    : {};
}

function paramsOf({ params = [] }: Act) {
  return params.map((name) => ({ name: name.replace(/\?$/, ''), required: !name.endsWith('?') }));
}

/** The methods of a model, its own and the generic ones, by name. */
export function methodsOf(name: string): MethodDescription[] {
  const model = findModel(name);
  return Object.entries({ ...verbs, ...model.acts })
    .map(([method, act]) => ({
      name: method,
      ids: act.ids ?? false,
      params: paramsOf(act),
      reads: act.reads ?? false,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A generic verb keeps its arguments when a model takes it over. */
function findAct(model: Model, method: string): Act {
  if (method.startsWith('_') || method === 'init')
    throw new Refusal('method_private', { status: 403, values: { method } });
  const generic = Object.hasOwn(verbs, method) ? verbs[method] : undefined;
  const own = model.acts && Object.hasOwn(model.acts, method) ? model.acts[method] : undefined;
  const taken = method === 'create' || method === 'write' || method === 'unlink';
  const act = taken ? generic : (own ?? generic);
  if (act) return act;
  throw new Refusal('method_unknown', { status: 404, values: { method, model: model.name } });
}

/** Whether the call changes nothing; false for one that is refused. */
export function onlyReads({ model, method }: Call): boolean {
  try {
    return findAct(findModel(model), method).reads ?? false;
  } catch {
    return false;
  }
}

function argumentsWrong(detail: string): Refusal {
  return new Refusal('arguments_wrong', { status: 422, values: { detail } });
}

/** Arguments by name: positional ones first, in order, then those that were named. */
function bind(act: Act, { args, kwargs, method }: Call) {
  const { context, ids: namedIds, ...rest } = kwargs;
  const params = paramsOf(act);
  const positional = [...args];
  if (namedIds !== undefined && !act.ids)
    throw argumentsWrong(`${method}() got an unexpected keyword argument 'ids'`);
  const given = act.ids ? (namedIds ?? positional.shift()) : undefined;
  if (act.ids && given === undefined)
    throw argumentsWrong(`${method}() missing 1 required positional argument: 'ids'`);
  if (positional.length > params.length)
    throw argumentsWrong(
      `${method}() takes ${params.length} positional arguments but ${positional.length} were given`,
    );
  const named: Record<string, unknown> = {};
  positional.forEach((value, i) => (named[params[i]!.name] = value));
  for (const [name, value] of Object.entries(rest)) {
    if (!params.some((param) => param.name === name))
      throw argumentsWrong(`${method}() got an unexpected keyword argument '${name}'`);
    if (Object.hasOwn(named, name))
      throw argumentsWrong(`${method}() got multiple values for argument '${name}'`);
    named[name] = value;
  }
  const missing = params.find(({ name, required }) => required && !Object.hasOwn(named, name));
  if (missing)
    throw argumentsWrong(`${method}() missing 1 required positional argument: '${missing.name}'`);
  return { ids: readIds(given), named, context: readContext(context) };
}

/** Without a language in its context a program reads the source texts, whatever its person reads (Odoo). */
function callerOfWire(caller: Member, context: Context): Asker {
  const asker = askerOf(caller, context);
  return typeof context.lang === 'string' && context.lang ? asker : { ...asker, language: 'en_US' };
}

/**
 * Runs the call in one transaction (but one that only reads, or is `alone`) and answers plain data (null where Odoo answers None).
 * Throws Refusal `model_unknown` (404), `method_unknown` (404), `method_private` (403),
 * `arguments_wrong` (422), and all that verbs and acts throw.
 */
export async function execute(caller: Member, call: Call): Promise<unknown> {
  const model = findModel(call.model);
  const act = findAct(model, call.method);
  const { ids, named, context } = bind(act, call);
  const asker = callerOfWire(caller, context);
  mustReach(asker, model, act.reads ? 'read' : 'write');
  try {
    const run = async (asker: Asker) => {
      await prepare(asker);
      if (act.needs) mustUse(asker, model, act.needs);
      return act.run({ asker, model, ids, named });
    };
    // What only reads needs no transaction around its one statement, and is spared a round trip.
    return await (act.alone || act.reads ? run(asker) : inOne(asker, run));
  } catch (error) {
    throw asRefusal(error);
  }
}
