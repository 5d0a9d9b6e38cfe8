// A real Chromium: the machine's own, else the one that an npm package ships.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const OWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function shipped(): Promise<{ executablePath: string; args: string[] }> {
  const { default: packed } = await import('@sparticuz/chromium');
  return { executablePath: await packed.executablePath(), args: [...packed.args, ...QUIET] };
}

/** Starts Chromium without a window. HUIS_CHROMIUM names another one. */
export async function openChromium(): Promise<Browser> {
  const own = [process.env.HUIS_CHROMIUM ?? '', ...OWN].find((path) => path && existsSync(path));
  const { executablePath, args } = own ? { executablePath: own, args: QUIET } : await shipped();
  return chromium.launch({ executablePath, args, headless: true });
}

/** What differs between the ways people come. */
export interface Way {
  name: string;
  options: BrowserContextOptions;
}

const wide = { viewport: { width: 1280, height: 850 } };
const narrow = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** At a desk, on a phone, and without scripts. */
export const ways: readonly Way[] = [
  { name: 'at a desk', options: wide },
  { name: 'on a phone', options: narrow },
  { name: 'without scripts', options: { ...wide, javaScriptEnabled: false } },
];

/** Fails when the page can be pushed sideways: on a phone nothing may stick out. */
export async function sidewaysBy(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
