// The public frame of a tenant: name, colours, menu and footer, languages on offer, simple pages.
import { Refusal } from '../kernel/refusal.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './frame.store.ts';

/** A text by language code, as translated columns keep it. */
export type Translated = Record<string, string>;

/** A menu or footer entry as a reader sees it. */
export interface SiteLink {
  label: string;
  /** Null for a drop-down that only opens its children. */
  href: string | null;
  children: SiteLink[];
}

/** What the public frame shows, in the reader's language. */
export interface Frame {
  companyName: string;
  colour: string;
  hasLogo: string | null;
  header: SiteLink[];
  footer: SiteLink[];
}

/** The frame as stored, before a language is chosen. */
export interface StoredFrame {
  companyName: string;
  colour: string;
  logoDigest: string | null;
  languages: string[];
  links: store.StoredLink[];
}

/** Reads the frame and the loaded languages in one statement. */
export async function readFrame(caller: Caller): Promise<StoredFrame> {
  return store.readFrame(caller);
}

/** The text in the reader's language, a sister of it, the tenant's own, English, or any. */
export function inLanguage(text: Translated, language: string, fallback: string): string {
  const sister = (code: string) =>
    Object.keys(text).find((key) => key.slice(0, 2) === code.slice(0, 2));
  const key = [language, sister(language), fallback, sister(fallback), 'en_US'].find(
    (code) => code !== undefined && text[code] !== undefined,
  );
  return text[key ?? ''] ?? Object.values(text)[0] ?? '';
}

/** The frame in one language. */
export function frameIn(stored: StoredFrame, language: string, fallback: string): Frame {
  const entries = (place: string, parent: number | null): SiteLink[] =>
    stored.links
      .filter((link) => link.place === place && link.parentId === parent)
      .map((link) => ({
        label: inLanguage(link.label, language, fallback),
        href: link.url ?? (link.slug === null ? null : `/page/${link.slug}`),
        children: entries(place, link.id),
      }));
  return {
    companyName: stored.companyName,
    colour: stored.colour,
    hasLogo: stored.logoDigest,
    header: entries('header', null),
    footer: entries('footer', null),
  };
}

/** A page of the tenant's own. Throws Refusal `page_unknown` (404). */
export async function readPage(caller: Caller, slug: string) {
  const page = await store.readPage(caller, slug);
  if (!page) throw new Refusal('page_unknown', { status: 404 });
  return {
    title: inLanguage(page.title, caller.language, caller.tenant.language),
    body: inLanguage(page.body, caller.language, caller.tenant.language),
  };
}
