// Mails as page tests read them, before they leave; and a robot that looks at what is in them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { SecretKey } from '#server/kernel/secrets.ts';
import { LINK_SECRET, secretPlace } from '#server/mail/post.ts';
import type { Stage } from './stage.ts';

/** The mails to this address, oldest first, with the address their button leads to on this stage. */
export async function mailsTo(stage: Stage, to: string) {
  const { id: tenant } = stage.caller.tenant;
  const key = Buffer.from(
    (await readFile(join(stage.folder, 'secret.key'), 'utf8')).trim(),
    'base64',
  );
  const secret = new SecretKey(key);
  const rows = await stage.caller.db
    .selectFrom('mails')
    .select(['kind', 'message_id', 'secret'])
    .where('tenant', '=', tenant)
    .where('email_to', '=', to)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, message_id, secret: kept }) => {
    const live = kept && secret.decrypt(LINK_SECRET, secretPlace(tenant, message_id), kept);
    const { pathname, search } = new URL(live ?? 'http://none.invalid/');
    return { kind, link: new URL(pathname + search, stage.address('/')).href };
  });
}

/** Opens an address again and again, and presses each of its buttons without typing, as some scanners do. */
export async function pressEverything(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(address);
  const buttons = page.locator('button[type=submit], button:not([type])');
  const many = await buttons.count();
  for (let i = 0; i < many; i++) {
    await page.goto(address);
    const gone = page.waitForEvent('load');
    // No browser holds the form back.
    await buttons.nth(i).evaluate((button: HTMLButtonElement) => {
      button.form!.noValidate = true;
      button.form!.requestSubmit(button);
    });
    await gone;
  }
  await page.close();
}
