// SQL of delivery. The clock is the database's: several machines may work for one tenant.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Failure, Step } from './failures.ts';

/** How long a mail is somebody's who took it, in seconds: longer than any sending may last. */
const LEASE = 120;
/** How long a mail that has to wait for a server rests before it is looked at again, in minutes. */
const HELD = 15;
/** After how many hours outgoing a mail is given up. */
const GIVEN_UP = 48;

/** A mail taken to be sent: nobody else takes it while the lease runs. */
export interface Taken {
  id: number;
  messageId: string;
  kind: string | null;
  subject: string;
  html: string;
  text: string;
  from: string | null;
  to: string | null;
  cc: string | null;
  replyTo: string | null;
  headers: Record<string, string>;
  secret: Buffer | null;
  linkDead: boolean;
  attached: boolean;
  /** How often it was taken, this time included: tells whether it is still ours. */
  attempts: number;
  /** Addresses of the partners that somebody wrote it to; none of a mail of the house. */
  partners: string[];
}

/** A mail that a server has accepted. */
export interface Sent {
  id: number;
  attempts: number;
  serverId: number | null;
  from: string;
  /** What the server refused of it: some of the addressees. */
  refused: string | null;
}

function doneWith({ tenant }: Caller, sent: Sent | undefined) {
  const mine = sql`tenant = ${tenant.id} and id = ${sent?.id ?? null}::integer
    and attempts = ${sent?.attempts ?? null}::integer and state in ('outgoing', 'cancel')`;
  return sql`told as (
      update mails set state = 'sent', sent_at = clock_timestamp(), secret = null, leased_until = null,
        server_id = ${sent?.serverId ?? null}::integer, email_from = ${sent?.from ?? null}::text,
        failure_type = null, failure_step = null, failure_reason = ${sent?.refused ?? null}::text,
        updated_at = now()
      where ${mine} and not auto_delete
    ), gone as (
      delete from mails where ${mine} and auto_delete
    )`;
}

/** Marks the mail as sent. */
export async function finish(caller: Caller, sent: Sent): Promise<void> {
  await sql`with ${doneWith(caller, sent)} select 1`.execute(caller.db);
}

/** Whether the mail `m` has a link, which is dead. */
const linkDead = sql<boolean>`(m.secret is not null and not exists (select from links l
  where l.tenant = m.tenant and l.id = m.link_id and l.ended_at is null and l.expires_at > now()))`;

/**
 * In one statement, so in one commit: marks what was sent before, and takes the next mail that is due.
 * Nothing is taken from a test database.
 */
export async function next(caller: Caller, sent: Sent | undefined): Promise<Taken | undefined> {
  const { db, tenant } = caller;
  const { rows } = await sql<Taken>`
    with ${doneWith(caller, sent)}, chosen as (
      select id from mails
      where tenant = ${tenant.id} and state = 'outgoing' and due_at <= now()
        and (leased_until is null or leased_until <= now())
        and id is distinct from ${sent?.id ?? null}::integer
        and not (select is_test from tenants where id = ${tenant.id})
      order by (batch is not null), due_at, id
      limit 1 for update skip locked
    )
    update mails m set leased_until = now() + ${LEASE} * interval '1 second', attempts = m.attempts + 1
    from chosen c where m.tenant = ${tenant.id} and m.id = c.id
    returning m.id, m.message_id as "messageId", m.kind, m.subject, m.body_html as html,
      m.body_text as text, m.email_from as from, m.email_to as to, m.email_cc as cc,
      m.reply_to as "replyTo", m.headers, m.secret, m.attempts,
      ${linkDead} as "linkDead",
      exists (select from mail_attachments a where a.tenant = m.tenant and a.mail_id = m.id)
        as attached,
      case when m.kind is null then array(
        select coalesce((select p.email from partners p
          where p.tenant = r.tenant and p.id = r.partner_id), '')
        from mail_recipients r where r.tenant = m.tenant and r.mail_id = m.id)
      else '{}' end as partners`.execute(db);
  return rows[0];
}

export async function attachments({ db, tenant }: Caller, mailId: number) {
  return db
    .selectFrom('mail_attachments')
    .select(['name as filename', 'type as contentType', 'content'])
    .where('tenant', '=', tenant.id)
    .where('mail_id', '=', mailId)
    .orderBy('id')
    .execute();
}

/** Ends a mail that will not go: failed for good, or cancelled. Its link is forgotten. */
export async function end(
  { db, tenant }: Caller,
  { id, attempts }: Pick<Taken, 'id' | 'attempts'>,
  state: 'exception' | 'cancel',
  { type, step, reason }: Pick<Failure, 'step' | 'reason'> & { type: string | null },
): Promise<void> {
  await sql`update mails set state = ${state}, failure_type = ${type}::text, failure_step = ${step},
      failure_reason = ${reason}, secret = null, leased_until = null, updated_at = now()
    where tenant = ${tenant.id} and id = ${id} and attempts = ${attempts} and state = 'outgoing'`.execute(
    db,
  );
}

/** What waiting does to mails: they are due later, or given up when that would be too late. */
function wait(minutes: number, { type, step, reason }: Pick<Failure, 'type' | 'step' | 'reason'>) {
  const late = sql`greatest(outgoing_since, scheduled_at) + ${GIVEN_UP} * interval '1 hour'
    <= now() + ${minutes} * interval '1 minute'`;
  return sql`update mails set state = case when ${late} then 'exception' else 'outgoing' end,
      secret = case when ${late} then null else secret end,
      due_at = now() + ${minutes} * interval '1 minute', leased_until = null,
      failure_type = ${type}, failure_step = ${step}, failure_reason = ${reason}, updated_at = now()`;
}

/** Lets one mail wait; answers whether that was the last time. */
export async function postpone(
  { db, tenant }: Caller,
  { id, attempts }: Pick<Taken, 'id' | 'attempts'>,
  minutes: number,
  failure: Failure,
): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`${wait(minutes, failure)}
    where tenant = ${tenant.id} and id = ${id} and attempts = ${attempts} and state = 'outgoing'
    returning state`.execute(db);
  return rows[0]?.state === 'exception';
}

/** Lets all mails wait that are due and nobody's; answers whether some are given up by that. */
export async function postponeAll(
  { db, tenant }: Caller,
  minutes: number,
  failure: Pick<Failure, 'type' | 'step' | 'reason'>,
): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`${wait(minutes, failure)}
    where tenant = ${tenant.id} and state = 'outgoing' and due_at <= now()
      and (leased_until is null or leased_until <= now())
    returning state`.execute(db);
  return rows.some(({ state }) => state === 'exception');
}

/** Puts a mail back that was not tried after all: as if it had not been taken. */
export async function putBack(
  { db, tenant }: Caller,
  { id, attempts }: Pick<Taken, 'id' | 'attempts'>,
): Promise<void> {
  await sql`update mails set leased_until = null, attempts = attempts - 1
    where tenant = ${tenant.id} and id = ${id} and attempts = ${attempts} and state = 'outgoing'`.execute(
    db,
  );
}

/** Cancels at once all that is due and nobody's and whose link is dead: a newer mail has replaced it. */
export async function cancelDead({ db, tenant }: Caller): Promise<void> {
  await sql`update mails m set state = 'cancel', failure_type = null, failure_step = 'link',
      failure_reason = '', secret = null, leased_until = null, updated_at = now()
    where m.tenant = ${tenant.id} and m.state = 'outgoing' and m.due_at <= now()
      and (m.leased_until is null or m.leased_until <= now()) and ${linkDead}`.execute(db);
}

/** Lets all that is due wait for a server. */
export async function hold(caller: Caller): Promise<boolean> {
  return postponeAll(caller, HELD, { type: 'mail_smtp', step: 'no_server' as Step, reason: '' });
}

/** In a test database: what is outgoing goes to its own mailbox. Elsewhere it does nothing. */
export async function catchAll({ db, tenant }: Caller): Promise<void> {
  await sql`update mails set state = 'sent', caught = true, sent_at = now(), leased_until = null
    where tenant = ${tenant.id} and state = 'outgoing'
      and (select is_test from tenants where id = ${tenant.id})`.execute(db);
}

/** How many mails a server took within the last minute. */
export async function lately({ db, tenant }: Caller, serverId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from mails
    where tenant = ${tenant.id} and server_id = ${serverId}
      and sent_at > now() - interval '1 minute'`.execute(db);
  return rows[0]!.count;
}

/** Administrators who were not told of a failure within the last hour. */
export async function untold({ db, tenant }: Caller, group: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select u.id from users u
    join group_users m on m.tenant = u.tenant and m.user_id = u.id
    join groups g on g.tenant = m.tenant and g.id = m.group_id and g.external_id = ${group}
    where u.tenant = ${tenant.id} and u.active and not exists (
      select from notices n where n.tenant = u.tenant and n.user_id = u.id
        and n.kind = 'mail_failed' and n.created_at > now() - interval '1 hour')`.execute(db);
  return rows.map(({ id }) => id);
}
