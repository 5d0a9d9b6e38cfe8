// A door before the database that can be shut: connections break and new ones are refused.
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A door to the database at `target`; `url` leads through it. */
export async function cuttable(
  target: string,
): Promise<{ url: string; cut(): void; join(): void; close(): void }> {
  const url = new URL(target.replace('@/', '@localhost/'));
  const folder = url.searchParams.get('host');
  const there = () =>
    folder?.startsWith('/')
      ? connect(`${folder}/.s.PGSQL.${url.searchParams.get('port') ?? (url.port || '5432')}`)
      : connect(Number(url.port || 5432), url.hostname);
  const sockets = new Set<Socket>();
  let open = true;
  const door = createServer((socket) => {
    if (!open) return void socket.destroy();
    const far = there();
    for (const end of [socket, far]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => {
        sockets.delete(end);
        socket.destroy();
        far.destroy();
      });
    }
    socket.pipe(far).pipe(socket);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no door');
  const here = new URL(url);
  here.search = '';
  here.hostname = '127.0.0.1';
  here.port = String(address.port);
  return {
    url: here.href,
    cut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    join: () => {
      open = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      door.close();
    },
  };
}
