// The one door for calls from outside: a model, a method, arguments as Odoo's clients send them.
import type { Member } from '../store/caller.ts';
import type { Context } from './define.ts';

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

/**
 * Runs the call in one transaction and answers plain data (null where Odoo answers None).
 * Throws Refusal `model_unknown` (404), `method_unknown` (404), `method_private` (403),
 * `arguments_wrong` (422), and all that verbs and acts throw.
 */
export async function execute(caller: Member, call: Call): Promise<unknown> {
  throw new Error(`not yet: ${caller.tenant.name} ${call.model}.${call.method}`);
}
