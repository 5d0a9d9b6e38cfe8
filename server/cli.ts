// The command line: reads a command, runs it, sets the exit code (0 done, 1 refused, 2 wrong usage).
import { readFile } from 'node:fs/promises';
import pino from 'pino';
import { openApp, type App } from './app.ts';
import { access } from './commands/access.ts';
import { WrongUsage, type Command, type Context } from './commands/command.ts';
import { database } from './commands/database.ts';
import { readFirstLine } from './commands/first-line.ts';
import { language } from './commands/language.ts';
import { serve } from './commands/serve.ts';
import { tellRefusal } from './commands/tell.ts';
import { user } from './commands/user.ts';
import { readConfig } from './kernel/config.ts';
import { migrate } from './store/migrate.ts';
import { upgradeTenants } from './tenants/upgrade.ts';

const commands: Command[] = [serve, database, language, user, access];

// Standard output is for what a command answers: events go to standard error, and only if asked for.
const log = pino({ level: process.env.HUIS_LOG_LEVEL ?? 'silent' }, pino.destination({ dest: 2 }));

async function withApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp(readConfig(), log);
  try {
    await migrate(app.store.url);
    await upgradeTenants(app.store);
    return await work(app);
  } finally {
    await app.close();
  }
}

const context: Context = {
  say: (line) => void process.stdout.write(`${line}\n`),
  withApp,
  readPassword: () => readFirstLine(process.stdin),
};

function usageOf(asked: Command[]): string {
  const lines = asked.flatMap(({ usage }) => usage.split('\n')).map((line) => `  ${line}`);
  return ['Usage:', ...lines, ''].join('\n');
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Whether help is asked for; after `--` a dash means nothing special. */
function wantsHelp(args: string[]): boolean {
  const end = args.indexOf('--');
  const heard = end < 0 ? args : args.slice(0, end);
  return heard.includes('--help') || heard.includes('-h');
}

async function obey([word, ...args]: string[]): Promise<void> {
  const command = commands.find(({ name }) => name === word);
  if (word === '--version') return context.say(await version());
  if (command && wantsHelp(args)) return void process.stdout.write(usageOf([command]));
  if (command) return command.run(args, context);
  if (word === undefined || word === 'help' || word === '--help' || word === '-h')
    return void process.stdout.write(usageOf(commands));
  throw new WrongUsage(`There is no command '${word}'.`);
}

function exitCodeOf(error: unknown, [word]: string[]): 1 | 2 {
  if (!(error instanceof WrongUsage)) {
    log.error({ err: error }, 'the command failed');
    process.stderr.write(`${tellRefusal(error)}\n`);
    return 1;
  }
  const asked = commands.filter(({ name }) => name === word);
  const usage = usageOf(asked.length > 0 ? asked : commands);
  process.stderr.write(`${error.message}\n${usage}`);
  return 2;
}

// A reader that goes early (`huis database list | head -1`) has what it wanted.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? 0 : 1),
);

const args = process.argv.slice(2);
process.exitCode = await obey(args).then(
  () => 0,
  (error: unknown) => exitCodeOf(error, args),
);
