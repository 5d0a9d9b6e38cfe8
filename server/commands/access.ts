// huis access: why somebody may or may not do something.
import { explain, type Answer, type Explanation } from '../access/explain.ts';
import { group, readArguments, WrongUsage, type Command } from './command.ts';
import { operatorOf } from './operator.ts';

function readId(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new WrongUsage('ID must be a whole number.');
  return Number(text);
}

const mark = (allowed: boolean) => (allowed ? 'yes' : 'no');

function table({ answers }: Explanation): string[] {
  const width = Math.max(...answers.map(({ operation }) => operation.length));
  return answers.map(
    ({ operation, allowed }: Answer) => `  ${operation.padEnd(width)}  ${mark(allowed)}`,
  );
}

const explaining: Command = {
  name: 'explain',
  usage: 'huis access explain DB LOGIN MODEL [ID] [--json]',
  async run(args, { say, withApp }) {
    const { values, named } = readArguments(args, ['DB', 'LOGIN', 'MODEL', 'ID?'], {
      json: { type: 'boolean' },
    });
    const [database, login, model, number] = named;
    const id = readId(number);
    await withApp(async (app) => {
      const operator = { ...(await operatorOf(app, database)), language: 'en_US' };
      const told = await explain(operator, { login, model, id });
      if (values.json) return say(JSON.stringify(told, null, 2));
      say(`${told.name} (${told.login}), ${told.model}${id === undefined ? '' : ` ${id}`}:`);
      table(told).forEach(say);
      say('');
      told.sentences.forEach(say);
    });
  },
};

export const access = group('access', [explaining]);
