// Serves the bare page the way Huis serves its own: as many workers, the client in another process.
// Arguments: the built handler, the port, the number of workers.
import cluster from 'node:cluster';
import { createServer, type RequestListener } from 'node:http';
import { pathToFileURL } from 'node:url';

const [handlerFile, port, workers] = process.argv.slice(2);

if (cluster.isPrimary) {
  for (let i = 0; i < Number(workers); i++) cluster.fork();
} else {
  process.env.PROTOCOL_HEADER = 'x-none';
  const { handler } = (await import(pathToFileURL(handlerFile!).href)) as {
    handler: RequestListener;
  };
  createServer(handler).listen(Number(port), '127.0.0.1');
  process.on('disconnect', () => process.exit(0));
}
