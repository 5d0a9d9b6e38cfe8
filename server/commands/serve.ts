// huis serve: the server, as `npm start` runs it.
import { readArguments, type Command } from './command.ts';

export const serve: Command = {
  name: 'serve',
  usage: 'huis serve',
  async run(args) {
    readArguments(args, [], {});
    // Loaded here and not above: the other commands need no listener.
    const main = await import('../main.ts');
    await main.serve();
  },
};
