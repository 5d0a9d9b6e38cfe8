// Calls on the registry as clients make them, for tests.
import { execute } from '#server/models/execute.ts';
import type { Member } from '#server/store/caller.ts';

/** Calls a method; `kwargs` may hold a context. */
export function ask(
  who: Member,
  model: string,
  method: string,
  args: unknown[],
  kwargs: Record<string, unknown> = {},
): Promise<unknown> {
  return execute(who, { model, method, args, kwargs });
}
