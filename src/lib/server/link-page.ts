// The pages of links that set a password. Opening one changes nothing, so that a mail scanner may look,
// and press every button; the link is spent in the act that stores the password.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, Refusal } from '#server/kernel/refusal.ts';
import { lookUp, noteOpened, readLink, type Ending, type Purpose } from '#server/links/links.ts';
import { setByLink } from '#server/passwords/by-link.ts';
import { ownWords } from '#server/passwords/give.ts';
import { askAgain } from '#server/passwords/reset.ts';
import type { Caller } from '#server/store/caller.ts';
import { act, callerOf, type Form } from './answers.ts';
import { setDevice } from './cookies.ts';
import { enter, homeOf } from './enter.ts';
import { addressOf, readToken } from './one-time-token.ts';
import { tellStrength } from './strength.ts';

/** What the page of a link shows. */
export type LinkView = { database: string; cooperative: string } & (
  | { view: 'living'; login: string; name: string; minLength: number; target: string | null }
  | { view: 'dead'; why: Ending }
  | { view: 'sent' }
  | { view: 'done' }
);

/** HEAD is a robot's: people read. */
async function noteLook({ request }: RequestEvent, caller: Caller, token: string): Promise<void> {
  if (request.method === 'GET') await noteOpened(caller, token);
}

/** The page of the link in this browser's cookie, of one of these purposes; a dead one is gone (410). */
export async function readLinkPage(
  event: RequestEvent,
  purposes?: readonly Purpose[],
): Promise<LinkView> {
  const caller = callerOf(event);
  const { name: database, title: cooperative, passwordMinLength: minLength } = caller.tenant;
  const common = { database, cooperative };
  const told = event.url.searchParams.get('told');
  if (told === 'sent' || told === 'done') return { ...common, view: told };
  const token = readToken(event);
  const found = await lookUp(caller, token, purposes);
  if (found) await noteLook(event, caller, token);
  if (found?.why === null) {
    const { login, name, target } = found.link;
    return { ...common, view: 'living', login, name, minLength, target };
  }
  event.locals.status = 410;
  return { ...common, view: 'dead', why: found?.why ?? 'unknown' };
}

/** Signed in at once; where that is not possible right now, the new password opens the usual door. */
async function letIn(event: RequestEvent, login: string, password: string): Promise<never> {
  const caller = callerOf(event);
  // Whoever holds the link and chose the password is no new device to be warned of.
  setDevice(event, caller.tenant, login);
  try {
    const { internal } = await enter(event, caller, { login, password });
    return redirect(303, `${homeOf(internal)}?done=password_set`);
  } catch (caught) {
    if (!isRefusal(caught)) throw caught;
    return redirect(303, `/web/login?${new URLSearchParams({ login, done: 'password_set' })}`);
  }
}

async function set(event: RequestEvent, form: Form): Promise<never> {
  const caller = callerOf(event);
  const token = readToken(event);
  const shown = await readLink(caller, token);
  // Another link may have been opened in another tab since: never set somebody else's password.
  if (form.text('login') !== shown.login) throw new Refusal('link_other', { status: 409 });
  const password = form.text('password');
  const owner = await setByLink(caller, token, { password, repeated: form.text('repeated') });
  // The secret stays in its cookie: a second tab is told that it was used.
  return letIn(event, owner.login, password);
}

/** How strong a password would be, for the holder of a living link alone. Throws Refusal `link_dead` (410). */
export async function tellStrengthByLink(event: RequestEvent): Promise<Response> {
  const caller = callerOf(event);
  return tellStrength(event, ownWords(caller, await readLink(caller, readToken(event))));
}

async function again(event: RequestEvent): Promise<never> {
  const caller = callerOf(event);
  await askAgain(caller, readToken(event), await event.locals.settleLanguage());
  return redirect(303, addressOf(event, { database: caller.tenant.name, told: 'sent' }));
}

/** The same page again, with the word that it is done. */
export function sayDone(event: RequestEvent): never {
  return redirect(303, addressOf(event, { database: callerOf(event).tenant.name, told: 'done' }));
}

/** Storing the password, and having a new link sent. */
export const linkActions = {
  set: (event: RequestEvent) => act(event, (form) => set(event, form)),
  again: (event: RequestEvent) => act(event, () => again(event)),
};
