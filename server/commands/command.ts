// What a command of the console is, and how its arguments are read.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { App } from '../app.ts';

/** What a command gets to work with. */
export interface Context {
  /** Writes one line on standard output. */
  say(line: string): void;
  /** Runs `work` on the open application, its schema up to date, and closes it whatever happens. */
  withApp<T>(work: (app: App) => Promise<T>): Promise<T>;
  /** The password given on standard input. Throws the refusals of `readFirstLine`. */
  readPassword(): Promise<string>;
}

/** One word after `huis`, or after a group's name. */
export interface Command {
  name: string;
  /** Its lines of the usage text, without `Usage:`. */
  usage: string;
  /** Throws `WrongUsage`, or the refusals of the use-cases it calls. */
  run(args: string[], context: Context): Promise<void>;
}

/** The command was written wrongly; `message` says how. */
export class WrongUsage extends Error {}

function isParseError(error: unknown): error is Error {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}

/** What was given for a name; one that ends in `?` may be left out. */
type Given<Name> = Name extends `${string}?` ? string | undefined : string;

/**
 * Reads options and exactly the named arguments, no more and no fewer; a name that ends in `?` may be
 * left out. Throws `WrongUsage`.
 */
export function readArguments<const O extends ParseArgsOptionsConfig, const N extends string[]>(
  args: string[],
  names: N,
  options: O,
) {
  const { values, positionals } = parse(args, options);
  const missing = names[positionals.length];
  if (missing !== undefined && !missing.endsWith('?'))
    throw new WrongUsage(`${missing} is missing.`);
  if (positionals.length > names.length)
    throw new WrongUsage(`Too many arguments: '${positionals.slice(names.length).join(' ')}'.`);
  return { values, named: positionals as unknown as { [I in keyof N]: Given<N[I]> } };
}

function parse<const O extends ParseArgsOptionsConfig>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (isParseError(error)) throw new WrongUsage(error.message);
    throw error;
  }
}

/** A command whose first argument picks one of `acts`. */
export function group(name: string, acts: Command[]): Command {
  return {
    name,
    usage: acts.map(({ usage }) => usage).join('\n'),
    async run([word, ...rest], context) {
      const act = acts.find((one) => one.name === word);
      if (act) return act.run(rest, context);
      const names = acts.map((one) => one.name).join(', ');
      const missing = `After '${name}' comes one of: ${names}.`;
      throw new WrongUsage(word === undefined ? missing : `There is no '${name} ${word}'.`);
    },
  };
}
