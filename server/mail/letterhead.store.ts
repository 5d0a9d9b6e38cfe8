// SQL of what the mails of one posting have in common.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { StoredHead } from './letterhead.ts';

/** The first company carries the co-operative's face, on pages and in mails. */
export async function readHead({ db, tenant }: Caller, kinds: readonly string[]) {
  const { rows } = await sql<StoredHead>`
    select c.colour, p.email, p.phone, p.website,
      exists (select from pictures i where i.tenant = c.tenant and i.partner_id = c.partner_id
        and i.size = 128) as logo,
      coalesce((select json_agg(json_build_object('kind', w.kind, 'language', w.language,
        'subject', w.subject, 'body', w.body))
        from mail_wordings w where w.tenant = c.tenant and w.kind = any (${[...kinds]}::text[])), '[]')
        as wordings
    from companies c join partners p on p.tenant = c.tenant and p.id = c.partner_id
    where c.tenant = ${tenant.id} order by c.id limit 1`.execute(db);
  return rows[0]!;
}
