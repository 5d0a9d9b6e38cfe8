// A caught mail as a document of its own, for the frame that shows it.
import { readLogo } from '../site/logo.ts';
import type { Caller } from '../store/caller.ts';
import { escape } from './html.ts';
import { showsLogo, withLogoFrom } from './logo-part.ts';
import { openCaught } from './mailbox.ts';

/**
 * What the frame may do, whatever the mail holds: no script, no form, nothing fetched from anywhere. Links
 * open a window of their own, outside the sandbox, as they would from a mail programme.
 */
export const VIEW_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

const TARGET = '<base target="_blank">';

async function withLogo(caller: Caller, html: string): Promise<string> {
  const logo = showsLogo(html) ? await readLogo(caller) : undefined;
  if (!logo) return html;
  return withLogoFrom(html, `data:${logo.type};base64,${logo.content.toString('base64')}`);
}

/** The HTML of a caught mail, to be answered under `VIEW_POLICY`. Throws the refusals of `openCaught`. */
export async function viewCaught(caller: Caller, id: number): Promise<string> {
  const { html, text } = await openCaught(caller, id);
  if (html === '') return `<!doctype html>${TARGET}<pre>${escape(text)}</pre>`;
  const drawn = await withLogo(caller, html);
  return /<head>/i.test(drawn)
    ? drawn.replace(/<head>/i, (head) => head + TARGET)
    : `<!doctype html><head><meta charset="utf-8">${TARGET}</head>${drawn}`;
}
