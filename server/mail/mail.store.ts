// SQL of what administrators do with mails.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';

/** What a mail is, as far as it decides what may be done to it. */
export interface Facts {
  id: number;
  kind: string | null;
  state: string;
  /** It holds or held a one-time link. */
  linked: boolean;
  /** Delivery is at it. */
  taken: boolean;
}

export async function facts({ db, tenant }: Caller, ids: readonly number[]): Promise<Facts[]> {
  const { rows } = await sql<Facts>`
    select id, kind, state, link_id is not null as linked,
      coalesce(leased_until > now(), false) as taken
    from mails where tenant = ${tenant.id} and id = any(${[...ids]}::integer[])
    for update`.execute(db);
  return rows;
}

/** What follows from a mail that was written: when it is due, its text, and that a test database keeps it. */
export async function settle(
  { db, tenant }: Caller,
  ids: readonly number[],
  text: string | undefined,
): Promise<void> {
  await sql`update mails m set due_at = greatest(now(), coalesce(scheduled_at, now())),
      body_text = coalesce(${text ?? null}::text, body_text),
      caught = t.is_test,
      state = case when t.is_test then 'sent' else m.state end,
      sent_at = case when t.is_test then now() end
    from tenants t where t.id = m.tenant
      and m.tenant = ${tenant.id} and m.id = any(${[...ids]}::integer[])`.execute(db);
}

export async function now({ db, tenant }: Caller, ids: readonly number[]): Promise<void> {
  await sql`update mails set due_at = now(), scheduled_at = null
    where tenant = ${tenant.id} and id = any(${[...ids]}::integer[])
      and state = 'outgoing'`.execute(db);
}

export async function again({ db, tenant }: Caller, ids: readonly number[]): Promise<void> {
  await sql`update mails set state = 'outgoing', outgoing_since = now(), attempts = 0,
      due_at = greatest(now(), coalesce(scheduled_at, now())), leased_until = null,
      failure_type = null, failure_step = null, failure_reason = null
    where tenant = ${tenant.id} and id = any(${[...ids]}::integer[])
      and state in ('exception', 'cancel')`.execute(db);
}

export async function cancel({ db, tenant }: Caller, ids: readonly number[]): Promise<void> {
  await sql`update mails set state = 'cancel', secret = null, failure_type = null,
      failure_step = null, failure_reason = null
    where tenant = ${tenant.id} and id = any(${[...ids]}::integer[])
      and state = 'outgoing'`.execute(db);
}

/** What a mail's page shows beside its fields. */
export async function page({ db, tenant }: Caller, id: number) {
  const { rows } = await sql<{
    kind: string | null;
    state: 'outgoing' | 'sent' | 'received' | 'exception' | 'cancel';
    step: string | null;
    reason: string | null;
    attempts: number;
    dueAt: Date;
    createdAt: Date;
    author: string | null;
    linked: boolean;
    html: string;
    attachments: { id: number; name: string; size: number }[];
  }>`
    select m.kind, m.state, m.failure_step as step, m.failure_reason as reason, m.attempts,
      m.due_at as "dueAt", m.created_at as "createdAt", p.name as author,
      m.link_id is not null as linked, m.body_html as html,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name,
          'size', octet_length(a.content)) order by a.id)
        from mail_attachments a where a.tenant = m.tenant and a.mail_id = m.id), '[]') as attachments
    from mails m
    left join partners p on p.tenant = m.tenant and p.id = m.author_id
    where m.tenant = ${tenant.id} and m.id = ${id}`.execute(db);
  return rows[0];
}
