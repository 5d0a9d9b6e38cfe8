// A row in every table of a tenant, for tests that walk them all: no table passes for want of rows.
import type pg from 'pg';
import type { Caller } from '#server/store/caller.ts';

/** What the demonstration leaves empty gets one row, so that no table passes for want of rows. */
export async function fillRest({ db, tenant }: Caller): Promise<void> {
  const { id } = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .limit(1)
    .executeTakeFirstOrThrow();
  const own = { tenant: tenant.id, user_id: id };
  const bytes = Buffer.from('x');
  await db
    .insertInto('sessions')
    .values({ ...own, token_hash: bytes, address: '192.0.2.1', user_agent: 'test' })
    .execute();
  await db
    .insertInto('links')
    .values({
      ...own,
      token_hash: bytes,
      purpose: 'rescue',
      way: 'console',
      expires_at: new Date(),
    })
    .execute();
  await db.insertInto('attempts').values({ tenant: tenant.id, key: bytes, failures: 1 }).execute();
  const partner = await db
    .selectFrom('partners')
    .select('id')
    .where('tenant', '=', tenant.id)
    .limit(1)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('pictures')
    .values({
      tenant: tenant.id,
      partner_id: partner.id,
      size: 128,
      type: 'image/webp',
      content: bytes,
      digest: 'x',
    })
    .execute();
  const key = { ...own, name: 'x', prefix: 'x', key_hash: bytes };
  await db.insertInto('api_keys').values(key).execute();
  const uses = { ...own, protocol: 'xmlrpc', day: '2026-03-01', count: 1 };
  await db.insertInto('api_key_uses').values(uses).execute();
}

/** Rows of the registry's tables: a label on a partner, a category, a right, a rule, a parameter. */
export async function fillRegistry(client: pg.Client, { tenant }: Caller): Promise<void> {
  const t = tenant.id;
  await client.query(`set huis.tenant = '${t}'`);
  await client.query(`
    with label as (
      insert into partner_categories (tenant, name) values (${t}, '{}') returning id
    ), labelled as (
      insert into partner_category_partners (tenant, category_id, partner_id)
      select ${t}, label.id, (select min(id) from partners where tenant = ${t}) from label
    ), category as (
      insert into group_categories (tenant, external_id, name) values (${t}, 'test.x', '{}')
    ), access as (
      insert into model_access (tenant, name, model_id) values (${t}, 'x', 1)
    ), rule as (
      insert into record_rules (tenant, model_id) values (${t}, 1) returning id
    ), ruled as (
      insert into record_rule_groups (tenant, rule_id, group_id)
      select ${t}, rule.id, (select min(id) from groups where tenant = ${t}) from rule
    )
    insert into parameters (tenant, key, value) values (${t}, 'test.x', 'x');
    insert into reset_requests (tenant, name, language, address) values (${t}, 'x', 'en_US', 'x');
    insert into account_events (tenant, user_id, kind)
      select ${t}, min(id), 'x' from users where tenant = ${t};
    insert into mail_servers (tenant, name, host) values (${t}, 'x', 'x');
    insert into mail_wordings (tenant, kind, language, subject, body, original)
      values (${t}, 'x', 'en_US', 'x', 'x', 'x');
    with mail as (
      insert into mails (tenant, message_id) values (${t}, '<x@x>') returning id
    ), enclosed as (
      insert into mail_attachments (tenant, mail_id, name, type, content)
      select ${t}, id, 'x', 'text/plain', '' from mail
    )
    insert into mail_recipients (tenant, mail_id, partner_id)
      select ${t}, mail.id, (select min(id) from partners where tenant = ${t}) from mail`);
  await client.query('reset huis.tenant');
}
