// SQL of posting mails.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { MailKind } from './kinds.ts';

/** A mail as it is stored. */
export interface NewMail {
  kind: MailKind | null;
  messageId: string;
  subject: string;
  html: string;
  text: string;
  to: string;
  batch: string | null;
  userId: number | null;
  partnerId: number | null;
  linkId: number | null;
  secret: Buffer | null;
}

/** Stores mails and whom they are for; answers their numbers in no order. */
export async function insert(
  { db, tenant, person, now }: Caller,
  mails: readonly NewMail[],
): Promise<number[]> {
  const rows = mails.map(({ secret, partnerId: _, ...mail }) => ({
    ...mail,
    secret: secret?.toString('hex') ?? null,
  }));
  const { rows: made } = await sql<{ id: number }>`
    with made as (
      insert into mails (tenant, message_id, kind, user_id, author_id, link_id, secret, subject, body_html,
        body_text, email_to, model, res_id, batch, caught, state, sent_at, due_at, created_at, updated_at,
        created_by, updated_by)
      select ${tenant.id}, m."messageId", m.kind, m."userId", ${person?.partnerId ?? null}::integer,
        m."linkId", decode(m.secret, 'hex'), m.subject, m.html, m.text, m."to", 'res.users', m."userId",
        m.batch, t.is_test, case when t.is_test then 'sent' else 'outgoing' end,
        case when t.is_test then ${now()}::timestamptz end, ${now()}, ${now()}, ${now()},
        ${person?.id ?? null}::integer, ${person?.id ?? null}::integer
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as m (kind text, "messageId" text, subject text, html text, text text, "to" text, batch uuid,
          "userId" integer, "linkId" integer, secret text)
      join tenants t on t.id = ${tenant.id}
      returning id, message_id
    ), addressed as (
      insert into mail_recipients (tenant, mail_id, partner_id)
      select ${tenant.id}, made.id, a.partner_id from made
      join unnest(${mails.map(({ messageId }) => messageId)}::text[],
        ${mails.map(({ partnerId }) => partnerId)}::integer[]) as a (message_id, partner_id)
        on a.message_id = made.message_id
      where a.partner_id is not null
    )
    select id from made`.execute(db);
  return rows.length === 0 ? [] : made.map(({ id }) => id);
}
