// SQL of a new tenant's public site.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import type { SiteEntry, SitePage } from './site.ts';

/** Inserts the pages; answers their numbers by slug. */
export async function insertPages(
  { db, tenant }: Caller,
  pages: readonly SitePage[],
): Promise<Map<string, number>> {
  if (pages.length === 0) return new Map();
  const made = await db
    .insertInto('site_pages')
    .values(
      pages.map(({ slug, title, body }) => ({
        tenant: tenant.id,
        slug,
        title: JSON.stringify(title),
        body: JSON.stringify(body),
      })),
    )
    .returning(['slug', 'id'])
    .execute();
  return new Map(made.map(({ slug, id }) => [slug, id]));
}

type Row = Omit<SiteEntry, 'children'> & { parentId?: number; pageId?: number };

/** Inserts the entries behind those there are; answers their numbers in the given order. */
export async function insertEntries(
  { db, tenant }: Caller,
  entries: readonly Row[],
): Promise<number[]> {
  if (entries.length === 0) return [];
  const last = sql<number>`(select coalesce(max(sequence), 0) from site_links where tenant = ${tenant.id})`;
  const made = await db
    .insertInto('site_links')
    .values(
      entries.map(({ place, label, url, pageId, parentId }, i) => ({
        tenant: tenant.id,
        place,
        parent_id: parentId ?? null,
        label: JSON.stringify(label),
        url: url ?? null,
        page_id: pageId ?? null,
        sequence: sql<number>`${last} + ${10 * (i + 1)}::integer`,
      })),
    )
    .returning(['id', 'sequence'])
    .execute();
  return made.sort((a, b) => a.sequence - b.sequence).map(({ id }) => id);
}
