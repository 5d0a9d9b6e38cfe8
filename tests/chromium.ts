// A real Chromium: the one that an npm package ships, which has no window to keep and takes half the
// time of a whole one; else the machine's own.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { root } from './server.ts';

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

/** The package unpacks into the folder of temporary files, which is everybody's: what it finds there it runs. */
async function unpackInto(folder: string): Promise<void> {
  const { default: packed } = await import('@sparticuz/chromium');
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  const unpacked = packed.executablePath();
  // It has asked for the folder by now.
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  await unpacked;
}

/** The shipped one, unpacked once a version; several test files may ask at once. */
async function shipped(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const making = await mkdtemp(`${folder}-`);
    await unpackInto(making);
    // Who comes second finds it made.
    await rename(making, folder).catch(() => rm(making, { recursive: true }));
  }
  return join(folder, 'chromium');
}

const launch = (executablePath: string) =>
  chromium.launch({ executablePath, args: QUIET, headless: true });

/** Starts Chromium without a window. HUIS_CHROMIUM names another one. */
export async function openChromium(): Promise<Browser> {
  const { HUIS_CHROMIUM: wished } = process.env;
  if (wished) return launch(wished);
  try {
    return await launch(await shipped());
  } catch (error) {
    // Another processor, or a machine without the libraries it needs.
    const own = OWN.find((path) => existsSync(path));
    if (!own) throw error;
    return launch(own);
  }
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
