// SQL of the public frame.
import { sql } from 'kysely';
import type { Caller, Tenant } from '../store/caller.ts';
import type { Database } from '../store/open.ts';
import type { Entrance, Sought } from './entrance.ts';
import type { StoredFrame, Translated } from './frame.ts';

/** One row of site_links with the slug of its page. */
export interface StoredLink {
  id: number;
  place: string;
  parentId: number | null;
  label: Translated;
  url: string | null;
  slug: string | null;
}

/** The columns of the frame, of a company `c`. */
const frameColumns = sql`
  c.name as "companyName", c.colour,
  (select digest from pictures i where i.tenant = c.tenant and i.partner_id = c.partner_id
    and i.size = 128) as "logoDigest",
  array(select code from languages l where l.tenant = c.tenant order by loaded_at, code) as languages,
  coalesce((select json_agg(json_build_object('id', s.id, 'place', s.place, 'parentId', s.parent_id,
    'label', s.label, 'url', s.url, 'slug', p.slug) order by s.sequence, s.id)
    from site_links s left join site_pages p on p.tenant = s.tenant and p.id = s.page_id
    where s.tenant = c.tenant), '[]') as links`;

export async function readFrame({ db, tenant }: Caller): Promise<StoredFrame> {
  const { rows } = await sql<StoredFrame>`
    select ${frameColumns} from companies c where c.tenant = ${tenant.id} order by c.id limit 1`.execute(
    db,
  );
  return rows[0]!;
}

/** The tenant of this number with its frame, if it is still the one that is sought. */
export async function readEntrance(
  db: Database,
  id: number,
  { name, host }: Sought,
): Promise<Entrance | undefined> {
  const { rows } = await sql<StoredFrame & { tenant: Tenant; several: boolean }>`
    select json_build_object('id', t.id, 'name', t.name, 'title', t.title, 'url', t.url,
        'language', t.language, 'timeZone', t.time_zone, 'passwordMinLength', t.password_min_length,
        'sessionIdleMinutes', t.session_idle_minutes,
        'sessionAbsoluteMinutes', t.session_absolute_minutes,
        'test', t.is_test, 'copiedFrom', t.copied_from) as tenant,
      few.n > 1 as several, ${frameColumns}
    from tenants t join companies c on c.tenant = t.id,
      (select count(*) as n from (select from tenants limit 2) two) few
    where t.id = ${id} and (t.name = ${name ?? null}::text or t.host = ${host ?? null}::text
      or (${host ?? null}::text is not null and few.n = 1))
    order by c.id limit 1`.execute(db);
  if (!rows[0]) return undefined;
  const { tenant, several, ...frame } = rows[0];
  return { tenant, several, frame };
}

export async function readPage({ db, tenant }: Caller, slug: string) {
  const { rows } = await sql<{ title: Translated; body: Translated }>`
    select title, body from site_pages where tenant = ${tenant.id} and slug = ${slug}`.execute(db);
  return rows[0];
}
