// huis language: the languages of a database.
import { findLanguage } from '../languages/known.ts';
import { loadLanguage } from '../languages/load.ts';
import { group, readArguments, type Command } from './command.ts';
import { operatorOf } from './operator.ts';

const load: Command = {
  name: 'load',
  usage: 'huis language load DB CODE',
  async run(args, { say, withApp }) {
    const { named } = readArguments(args, ['DB', 'CODE'], {});
    const [database, code] = named;
    await withApp(async (app) => {
      const isNew = await loadLanguage(await operatorOf(app, database), code);
      const name = findLanguage(code)?.name;
      say(isNew ? `${name} is loaded.` : `${name} was loaded already.`);
    });
  },
};

export const language = group('language', [load]);
