// huis user: people of a database, and the way back in for whoever is locked out.
import { makeRescue } from '../links/links.ts';
import { inTransaction } from '../store/caller.ts';
import { createUser } from '../users/create.ts';
import { group, readArguments, WrongUsage, type Command } from './command.ts';
import { addressOf, operatorOf } from './operator.ts';

const options = {
  login: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  language: { type: 'string' },
  groups: { type: 'string' },
  portal: { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
} as const;

/** The names in a list with commas; empty ones do not count. */
function listed(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((name) => name.trim() !== '');
}

const create: Command = {
  name: 'create',
  usage: `huis user create DB --login L [--name N] [--email E] [--language C] [--groups a,b]
                 [--portal] [--password-stdin]`,
  async run(args, { say, withApp, readPassword }) {
    const { values, named } = readArguments(args, ['DB'], options);
    const { login, 'password-stdin': asked, groups, ...facts } = values;
    if (login === undefined) throw new WrongUsage('--login is missing.');
    const password = asked ? await readPassword() : undefined;
    await withApp(async (app) => {
      const caller = await operatorOf(app, named[0]);
      const path = await inTransaction(caller, async (inside) => {
        await createUser(inside, { ...facts, login, groups: listed(groups), password });
        return asked ? null : makeRescue(inside, login);
      });
      say(`User '${login.trim()}' is made.`);
      if (path === null) return;
      say('They set their password here, once, within 24 hours:');
      say(addressOf(app, caller.tenant, path));
    });
  },
};

const link: Command = {
  name: 'link',
  usage: 'huis user link DB LOGIN',
  async run(args, { say, withApp }) {
    const { named } = readArguments(args, ['DB', 'LOGIN'], {});
    const [database, login] = named;
    await withApp(async (app) => {
      const caller = await operatorOf(app, database);
      say(addressOf(app, caller.tenant, await makeRescue(caller, login)));
    });
  },
};

export const user = group('user', [create, link]);
