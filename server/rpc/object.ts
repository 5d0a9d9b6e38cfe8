// The service `object`: a method of a model, with the caller's credentials in front of every call.
import { Refusal } from '../kernel/refusal.ts';
import { execute, type Call } from '../models/execute.ts';
import { recogniseProgram } from '../sign-in/programs.ts';
import type { Member } from '../store/caller.ts';
import { readWithKey } from './ahead.ts';
import { argumentError, expect } from './arguments.ts';
import { isObject } from './json-body.ts';
import { enterDatabase, type Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

/** The number a client names itself by; some send it as text. Undefined for what is none. */
function uidIn(uid: unknown): number | undefined {
  const value = typeof uid === 'string' && /^\d{1,10}$/.test(uid) ? Number(uid) : uid;
  const isOne = Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31;
  return isOne ? (value as number) : undefined;
}

/** The same. Throws Refusal `wrong_pair` (401). */
function readUid(uid: unknown): number {
  const value = uidIn(uid);
  if (value === undefined) throw new Refusal('wrong_pair', { status: 401 });
  return value;
}

/** The member whose credentials start the arguments. */
async function recognise(
  visit: Visit,
  [db, uid, password]: readonly unknown[],
  call: Call,
): Promise<Member> {
  const caller = await enterDatabase(visit, db);
  if (typeof password !== 'string') throw new Refusal('wrong_pair', { status: 401 });
  const { model, method } = call;
  const proof = { value: password, protocol: visit.protocol, model, method };
  const member = await recogniseProgram(caller, visit.app.secret, { userId: readUid(uid) }, proof);
  visit.caller = member;
  return member;
}

/** The call made ahead, for one with a key of the very person who is named. */
async function readAsKeyHolder(
  visit: Visit,
  [db, uid, key]: readonly unknown[],
  call: Call,
): Promise<{ result: unknown } | undefined> {
  const id = uidIn(uid);
  if (typeof db !== 'string' || typeof key !== 'string' || id === undefined) return undefined;
  return readWithKey(visit, key, { name: db, host: null }, call, id);
}

function readCall(method: string, args: readonly unknown[]): Call {
  const named = method === 'execute_kw';
  const names = ['db', 'uid', 'passwd', 'obj', 'method'];
  if (named) expect('execute_kw', args, [...names, 'args', 'kw'], 1);
  else expect('execute', args.slice(0, names.length), names);
  const [, , , model, verb, ...rest] = args;
  if (typeof model !== 'string' || typeof verb !== 'string')
    throw argumentError('model and method are named by texts');
  const positional = named ? rest[0] : rest;
  const kwargs = (named ? rest[1] : null) ?? {};
  if (!Array.isArray(positional) || !isObject(kwargs))
    throw argumentError('args must be a list, and kw a dictionary');
  return { model, method: verb, args: positional, kwargs };
}

/** Answers `execute` and `execute_kw`. Throws WireError for other methods, refusals of the call. */
export async function operate(
  visit: Visit,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  if (method !== 'execute' && method !== 'execute_kw')
    throw new WireError('builtins.NameError', `Method not available ${method}`, 404);
  const call = readCall(method, args);
  const read = await readAsKeyHolder(visit, args, call);
  return read ? read.result : execute(await recognise(visit, args, call), call);
}
