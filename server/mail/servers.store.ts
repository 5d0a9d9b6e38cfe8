// SQL of outgoing mail servers.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** A server as stored; its secret still encrypted. */
export interface StoredServer {
  id: number;
  name: string;
  host: string;
  port: number;
  encryption: 'none' | 'starttls' | 'ssl';
  authentication: 'login' | 'xoauth2';
  username: string | null;
  clientId: string | null;
  tokenUrl: string | null;
  secret: Buffer | null;
  fromFilter: string | null;
  rate: number | null;
}

/** The servers that are in use, in their order; or one, in use or not. */
export async function servers({ db, tenant }: Caller, id?: number): Promise<StoredServer[]> {
  const which = id === undefined ? sql`active` : sql`id = ${id}`;
  const { rows } = await sql<StoredServer>`
    select id, name, host, port, encryption, authentication, username, client_id as "clientId",
      token_url as "tokenUrl", secret, from_filter as "fromFilter", rate
    from mail_servers where tenant = ${tenant.id} and ${which} order by sequence, id`.execute(db);
  return rows;
}

export async function keepSecret(
  { db, tenant }: Caller,
  id: number,
  secret: Buffer | null,
): Promise<void> {
  await sql`update mail_servers set secret = ${secret}
    where tenant = ${tenant.id} and id = ${id}`.execute(db);
}

export async function forgetSecrets({ db, tenant }: Caller, ids: readonly number[]) {
  await sql`update mail_servers set secret = null
    where tenant = ${tenant.id} and id = any(${[...ids]}::integer[])`.execute(db);
}

export async function unlimit({ db, tenant }: Caller, id: number): Promise<void> {
  await sql`update mail_servers set rate = null
    where tenant = ${tenant.id} and id = ${id}`.execute(db);
}

/** What waited for a server, or for one that was away, is due again. */
export async function wake({ db, tenant }: Caller): Promise<void> {
  await sql`update mails set due_at = greatest(now(), coalesce(scheduled_at, now()))
    where tenant = ${tenant.id} and state = 'outgoing' and due_at > now()
      and failure_type is not null`.execute(db);
}
