// SQL of the public frame.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
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

export async function readFrame({ db, tenant }: Caller): Promise<StoredFrame> {
  const { rows } = await sql<StoredFrame>`
    select c.name as "companyName", c.colour,
      (select digest from pictures i where i.tenant = c.tenant and i.partner_id = c.partner_id
        and i.size = 128) as "logoDigest",
      array(select code from languages l where l.tenant = c.tenant order by loaded_at, code) as languages,
      coalesce((select json_agg(json_build_object('id', s.id, 'place', s.place, 'parentId', s.parent_id,
        'label', s.label, 'url', s.url, 'slug', p.slug) order by s.sequence, s.id)
        from site_links s left join site_pages p on p.tenant = s.tenant and p.id = s.page_id
        where s.tenant = c.tenant), '[]') as links
    from companies c where c.tenant = ${tenant.id} order by c.id limit 1`.execute(db);
  return rows[0]!;
}

export async function readPage({ db, tenant }: Caller, slug: string) {
  const { rows } = await sql<{ title: Translated; body: Translated }>`
    select title, body from site_pages where tenant = ${tenant.id} and slug = ${slug}`.execute(db);
  return rows[0];
}
