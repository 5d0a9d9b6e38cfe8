// What goes on behind the pages: opened after the server listens, in one process of it, and loaded then.
import type { App } from './app.ts';

/** The open office, or one that is still opening. */
export interface Behind {
  close(): Promise<void>;
}

async function open({ store, log, config }: App) {
  const [{ openOffice }, { chores }, { wakeHeldMail }] = await Promise.all([
    import('./mail/office.ts'),
    import('./chores.ts'),
    import('./mail/waiting.ts'),
  ]);
  const only = Array.isArray(config.office) ? config.office : undefined;
  const onError = (error: unknown) => log.error({ err: error }, 'the office stumbled');
  const office = await openOffice(store, { chores, only, onError });
  if (config.smtpUrl) await wakeHeldMail(store);
  return office;
}

/** How long after the start the office opens, in milliseconds: the first pages come first. */
const FIRST = 1_500;
/** How long until it is tried again when it cannot open. */
const AGAIN = 15_000;

/** Opens the office in a moment, and again should that fail; unless HUIS_OFFICE says otherwise. */
export function openBehind(app: App): Behind {
  let closed = app.config.office === false;
  let opening: Promise<Behind | undefined> = Promise.resolve(undefined);
  let timer: NodeJS.Timeout | undefined;
  const plan = (pause: number) => {
    if (closed) return;
    timer = setTimeout(() => {
      opening = open(app).catch((error: unknown) => {
        app.log.error({ err: error }, 'mail cannot be delivered; trying again');
        plan(AGAIN);
        return undefined;
      });
    }, pause);
    timer.unref();
  };
  plan(FIRST);
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await (await opening)?.close();
    },
  };
}
