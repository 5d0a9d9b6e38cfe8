// Positional arguments of the services, checked like Python binds them.
import { WireError } from './wire-error.ts';

/** A call of a service that lacks or exceeds arguments, in Python's words. */
export function argumentError(message: string): WireError {
  return new WireError('builtins.TypeError', message, 422);
}

/** Throws WireError unless there are as many as are named; `more` allows any number beyond. */
export function expect(
  method: string,
  args: readonly unknown[],
  names: readonly string[],
  optional = 0,
): void {
  const missing = names.slice(args.length, names.length - optional);
  if (missing.length > 0) {
    const named = missing.map((name) => `'${name}'`).join(', ');
    const s = missing.length === 1 ? '' : 's';
    throw argumentError(
      `${method}() missing ${missing.length} required positional argument${s}: ${named}`,
    );
  }
  if (args.length > names.length)
    throw argumentError(
      `${method}() takes ${names.length} positional arguments but ${args.length} were given`,
    );
}
