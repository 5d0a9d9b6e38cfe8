// Outgoing mail servers: the co-operative's own, then the operator's; and which of them a mail goes by.
import { installation } from '../kernel/installation.ts';
import { heldSecret } from '../kernel/secrets.ts';
import type { Caller } from '../store/caller.ts';
import { domainOf } from './addresses.ts';
import * as store from './servers.store.ts';

/** What a server asks us to show; never leaves this process. */
export interface Credentials {
  password?: string;
  clientSecret?: string;
  refreshToken?: string;
  accessToken?: string;
}

/** A server of the co-operative's, ready for use. */
export type Server = Omit<store.StoredServer, 'secret'> & { credentials: Credentials };

/** The operator's server, by its address. */
export interface OperatorServer {
  id: null;
  url: string;
  rate: null;
}

/** Any server a mail may go by. */
export type AnyServer = Server | OperatorServer;

/** What the credentials of a server are encrypted under. */
const PURPOSE = 'credentials of a mail server';

const placeOf = ({ tenant }: Caller, id: number) => `${tenant.id}/${id}`;

/** The credentials as they are stored with the server of this number. */
export function sealed(caller: Caller, id: number, credentials: Credentials): Buffer | null {
  if (Object.keys(credentials).length === 0) return null;
  return heldSecret().encrypt(PURPOSE, placeOf(caller, id), JSON.stringify(credentials));
}

/** What was sealed for the server of this number; nothing where the installation's secret is another. */
export function unsealed(caller: Caller, id: number, secret: Buffer | null): Credentials {
  if (!secret) return {};
  try {
    return JSON.parse(heldSecret().decrypt(PURPOSE, placeOf(caller, id), secret)) as Credentials;
  } catch {
    return {};
  }
}

function opened(caller: Caller, { secret, ...server }: store.StoredServer): Server {
  return { ...server, credentials: unsealed(caller, server.id, secret) };
}

/** The servers that mails may go by, in the order of their preference. */
export async function serversOf(caller: Caller): Promise<AnyServer[]> {
  const own = (await store.servers(caller)).map((server) => opened(caller, server));
  const url = installation().smtpUrl;
  return url ? [...own, { id: null, url, rate: null }] : own;
}

/** One server of the co-operative's, whether in use or not. */
export async function serverOf(caller: Caller, id: number): Promise<Server | undefined> {
  const [server] = await store.servers(caller, id);
  return server && opened(caller, server);
}

const filtersOf = ({ fromFilter }: Server) =>
  (fromFilter ?? '')
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^@/, '').toLowerCase())
    .filter(Boolean);

/**
 * The server for mails from this address: one made for the address, else for its domain, else the first
 * that is made for none, else the operator's.
 */
export function serverFor(servers: readonly AnyServer[], from: string): AnyServer | undefined {
  const own = servers.filter((server): server is Server => server.id !== null);
  return (
    own.find((server) => filtersOf(server).includes(from.toLowerCase())) ??
    own.find((server) => filtersOf(server).includes(domainOf(from))) ??
    own.find((server) => filtersOf(server).length === 0) ??
    servers.find(({ id }) => id === null)
  );
}

/** What waited for a server, or for one that was away, is tried again at once. */
export async function wake(caller: Caller): Promise<void> {
  await store.wake(caller);
}
