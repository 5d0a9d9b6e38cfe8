// The logo as it travels inside a mail. Nothing is fetched from anywhere when a mail is read: it shows
// without leave to load pictures, on a phone without network, and tells nobody that it was opened.
import { asPng } from '../preferences/picture.ts';
import { readLogo } from '../site/logo.ts';
import type { Caller } from '../store/caller.ts';
import { LOGO } from './sheet.ts';

/** A part of a mail, as it is handed over for sending. */
interface LogoPart {
  cid: string;
  filename: string;
  contentType: string;
  content: Buffer;
  contentDisposition: 'inline';
}

/** Whether a stored body shows the logo. */
export function showsLogo(html: string): boolean {
  return html.includes(`src="cid:${LOGO}"`);
}

/** A stored body as our own pages show it: the logo comes from `address`. */
export function withLogoFrom(html: string, address: string): string {
  return html.replaceAll(`src="cid:${LOGO}"`, () => `src="${address}"`);
}

const drawn = new Map<string, Buffer>();
const MOST_DRAWN = 100;

/**
 * The part to send with each mail that shows the logo, for all of one delivery; undefined when there is no
 * logo any more. PNG, since Outlook shows nothing else of what we could make.
 */
export async function logoPart(caller: Caller): Promise<LogoPart | undefined> {
  const logo = await readLogo(caller);
  if (!logo) return undefined;
  const content = drawn.get(logo.digest) ?? (await asPng(logo.content));
  if (drawn.size >= MOST_DRAWN) drawn.clear();
  drawn.set(logo.digest, content);
  return {
    cid: LOGO,
    filename: 'logo.png',
    contentType: 'image/png',
    content,
    contentDisposition: 'inline',
  };
}
