// The public site of a new tenant: menu, footer and simple pages, as rows that people change later.
import type { Translated } from '../site/frame.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './site.store.ts';

/** A menu or footer entry: an address, a page of the site, or neither for a drop-down. */
export interface SiteEntry {
  place: 'header' | 'footer';
  label: Translated;
  url?: string;
  /** Slug of one of the site's pages. */
  page?: string;
  children?: readonly Omit<SiteEntry, 'place' | 'children'>[];
}

/** A simple page; its body is HTML of h2, p, ul, li and a. */
export interface SitePage {
  slug: string;
  title: Translated;
  body: Translated;
}

export interface Site {
  entries: readonly SiteEntry[];
  pages: readonly SitePage[];
}

/** What every database starts with: nothing is invented, so there is a way home and no more. */
const firstSite: Site = {
  entries: [
    {
      place: 'header',
      label: { en_US: 'Home', fr_FR: 'Accueil', nl_NL: 'Home', de_DE: 'Startseite' },
      url: '/',
    },
  ],
  pages: [],
};

/**
 * Adds entries and pages to the site, behind those it has. Belongs inside the transaction that makes
 * the tenant; an entry for a page must come with that page.
 */
export async function fillSite(caller: Caller, site: Site = firstSite): Promise<void> {
  const pageIds = await store.insertPages(caller, site.pages);
  const rows = site.entries.map((entry) => ({ ...entry, pageId: pageIds.get(entry.page ?? '') }));
  const entryIds = await store.insertEntries(caller, rows);
  const children = site.entries.flatMap(({ place, children = [] }, i) =>
    children.map((child) => ({
      ...child,
      place,
      parentId: entryIds[i],
      pageId: pageIds.get(child.page ?? ''),
    })),
  );
  await store.insertEntries(caller, children);
}
