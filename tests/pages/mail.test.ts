// The post office as an administrator meets it, in French: no server yet, one is set and tried, a mail is written
// and goes; a refused one says why and is sent again.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openChromium, ways } from '../chromium.ts';
import { answerWith, openMailServer, type MailServer } from '../mail/mail-server.ts';
import { until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let browser: Browser;
let server: MailServer;
let strict = false;

before(async () => {
  server = await openMailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(strict && address.startsWith('gone') ? answerWith(550, 'no such person') : undefined),
  });
  const name = `mail-${randomBytes(4).toString('hex')}`;
  stage = await openStage({ HUIS_MAIL_HOSTS: '127.0.0.1', HUIS_OFFICE: name }, { name });
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await stage?.close();
  await server?.close();
});

async function enter(way: (typeof ways)[number]): Promise<Page> {
  const context = await browser.newContext({ ...way.options, locale: 'fr-BE' });
  const page = await context.newPage();
  await page.goto(stage.address('/web/login'));
  await page.fill('[name=login]', 'admin');
  await page.fill('[name=password]', PASSWORD);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/web/login'));
  return page;
}

const shot = async (page: Page, name: string) => {
  if (process.env.HUIS_SHOTS)
    await page.screenshot({ path: `${process.env.HUIS_SHOTS}/${name}.png`, fullPage: true });
};

const told = (page: Page) => page.locator('main').innerText();

test('a server is set, tried, and mail goes; what is refused says why', async () => {
  const page = await enter(ways[0]!);
  await page.goto(stage.address('/settings/technical/emails'));
  assert.match(await told(page), /aucun serveur de courriel sortant n’est défini/);
  await shot(page, 'emails-empty');
  await page.click('text=Définir un serveur de courriel');
  await page.waitForURL('**/mail-servers/new');
  await page.fill('[name=name]', 'Le nôtre');
  await page.fill('[name=smtp_host]', '127.0.0.1');
  await page.fill('[name=smtp_port]', String(server.port));
  await page.selectOption('[name=smtp_encryption]', 'starttls');
  await shot(page, 'server-new');
  await page.click('button:has-text("Enregistrer")');
  await page.waitForURL(/mail-servers\/\d+/);
  await page.click('text=Tester la connexion');
  await page.waitForSelector('.told.bad');
  assert.match(await told(page), /ne propose pas STARTTLS/);
  await shot(page, 'server-bad');
  await page.selectOption('[name=smtp_encryption]', 'none');
  await page.click('button:has-text("Enregistrer")');
  await page.waitForSelector('[role=status] .told.good');
  await page.click('text=Tester la connexion');
  await page.waitForSelector('text=a accepté un courriel d’essai');
  await shot(page, 'server-good');
  assert.equal(server.accepted.length, 1);
  await page.goto(stage.address('/settings/technical/emails/new'));
  await page.fill('[name=subject]', 'Assemblée générale');
  await page.fill('[name=email_to]', 'gone@example.be');
  await shot(page, 'email-new');
  strict = true;
  await page.click('button:has-text("Enregistrer")');
  await page.waitForURL(/emails\/\d+/);
  const here = page.url();
  await until(async () => {
    await page.goto(here);
    return /Motif de l’échec/.test(await told(page));
  });
  assert.match(await told(page), /L’adresse n’existe pas[\s\S]*550 no such person/);
  await shot(page, 'email-failed');
  strict = false;
  await page.click('button:has-text("Réessayer")');
  await until(async () => server.accepted.length === 2);
  await until(async () => {
    await page.goto(here);
    return (await page.locator('li[aria-current=step]').innerText()).trim() === 'Envoyé';
  });
  await shot(page, 'email-sent');
  await page.goto(stage.address('/settings/technical/emails'));
  await shot(page, 'emails');
  const phone = await enter(ways[1]!);
  await phone.goto(here);
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await shot(phone, 'email-phone');
  await phone.goto(stage.address('/settings/technical/emails'));
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await shot(phone, 'emails-phone');
  assert.deepEqual(stage.complaints(), []);
});
