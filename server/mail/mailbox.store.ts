// SQL of the mailbox of a test database.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import type { CaughtMail } from './mailbox.ts';

/** Whom a mail `m` is for: what stands in it, else the addresses of its partners. */
const addressees = sql`coalesce(nullif(m.email_to, ''), (
  select string_agg(p.email, ', ' order by p.id) from mail_recipients r
  join partners p on p.tenant = r.tenant and p.id = r.partner_id
  where r.tenant = m.tenant and r.mail_id = m.id), '')`;

export async function list(
  { db, tenant }: Caller,
  text: string,
  [limit, offset]: [number, number],
): Promise<{ mails: CaughtMail[]; count: number }> {
  const { rows } = await sql<CaughtMail & { count: number }>`
    select f.*, count(*) over ()::integer as count from (
      select m.id, m.subject, ${addressees} as "to", m.created_at as "when", coalesce(m.email_cc, '') as cc
      from mails m where m.tenant = ${tenant.id} and m.caught
    ) f
    where ${text} = '' or strpos(fold_text(f."to" || ' ' || f.cc), fold_text(${text})) > 0
    order by f."when" desc, f.id desc limit ${limit} offset ${offset}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    mails: rows.map(({ id, subject, to, when }) => ({ id, subject, to, when })),
  };
}

/** A caught mail as it is stored. */
interface Stored extends CaughtMail {
  html: string;
  text: string;
  secret: Buffer | null;
  messageId: string;
  from: string | null;
  cc: string | null;
  replyTo: string | null;
  headers: Record<string, unknown>;
  linkAlive: boolean;
}

export async function find({ db, tenant, now }: Caller, id: number): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select m.id, m.subject, ${addressees} as "to", m.created_at as "when", m.body_html as html,
      m.body_text as text, m.secret, m.message_id as "messageId", m.email_from as "from", m.email_cc as cc,
      m.reply_to as "replyTo", m.headers,
      l.id is not null and l.ended_at is null and l.expires_at > ${now()} as "linkAlive"
    from mails m left join links l on l.tenant = m.tenant and l.id = m.link_id
    where m.tenant = ${tenant.id} and m.caught and m.id = ${id}`.execute(db);
  return rows[0];
}

export async function empty({ db, tenant }: Caller): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('mails')
    .where('tenant', '=', tenant.id)
    .where('caught', '=', true)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Deletes the caught mails of more than `days` days whose link, if any, is dead. */
export async function sweep(
  db: Database,
  tenantId: number,
  { now, days }: { now: Date; days: number },
): Promise<number> {
  const { rows } = await sql`
    delete from mails m where m.tenant = ${tenantId} and m.caught
      and m.created_at < ${now}::timestamptz - ${days}::integer * interval '1 day'
      and not exists (select from links l where l.tenant = m.tenant and l.id = m.link_id
        and l.ended_at is null and l.expires_at > ${now})
    returning m.id`.execute(db);
  return rows.length;
}
