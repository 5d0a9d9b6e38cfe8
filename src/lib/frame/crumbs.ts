// The path from home to a page, as pages hand it to the frame in their data.
import { t } from '#lib/words.ts';
import type { Key } from '#locales/words.ts';

/** One step: a fixed label of ours, or the name of a record. Without `href` it is the page itself. */
export type Crumb = { label: Key; href?: string } | { name: string; href?: string };

/** The step in the reader's words. */
export function crumbText(crumb: Crumb): string {
  return 'label' in crumb ? t(crumb.label) : crumb.name;
}
