// The first hour: a server without any database, its one-time address, and the page behind it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../chromium.ts';
import { startServer, type RunningServer } from '../server.ts';

const PASSWORD = 'huit chaises bleues rêvent';

let browser: Browser;
let server: RunningServer;
let folder: string;
let page: Page;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huis-set-up-'));
  // No DATABASE_URL: the built-in database of an empty folder.
  [browser, server] = await Promise.all([
    openChromium(),
    startServer({ DATABASE_URL: '', HUIS_DATA: folder }),
  ]);
  page = await browser.newPage({ locale: 'fr-BE', timezoneId: 'Europe/Lisbon' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const address = () => /\/set-up\?token=[\w-]+/.exec(server.output())?.[0] ?? '';
const heading = () => page.getByRole('heading', { level: 1 }).innerText();

async function fill(password: string): Promise<void> {
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByLabel('Le même mot de passe').fill(password);
  await page.getByRole('button', { name: 'Créer la base de données' }).click();
}

test('before there is a database, every door says where to look', async () => {
  for (const path of ['/', '/web/login', '/page/x', '/web/database/selector']) {
    await page.goto(server.url + path);
    assert.equal(page.url(), `${server.url}/set-up`);
    assert.match(await heading(), /pas encore ouverte/);
  }
});

test('a made-up address opens nothing', async () => {
  const answer = await page.goto(`${server.url}/set-up?token=${'x'.repeat(43)}`);
  assert.equal(answer?.status(), 410);
  const asked = await page.request.post(`${server.url}/set-up/strength`, {
    data: { password: PASSWORD },
    headers: { origin: server.url },
  });
  assert.equal(asked.status(), 410, 'nor is anybody told how strong a password is');
});

test('the address of the console opens the page, refusals keep what was typed', async () => {
  await page.goto(server.url + address());
  assert.equal(page.url(), `${server.url}/set-up?link=1`, 'the secret is out of the address');
  await page.getByLabel('Nom de la coopérative').pressSequentially('Les Petits Pots d’Été');
  const strength = page.locator('#password-strength strong');
  await page.getByLabel('Mot de passe', { exact: true }).fill('azertyuiop');
  await strength.filter({ hasText: 'Très faible' }).waitFor();
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await strength.filter({ hasText: 'Très fort' }).waitFor();
  assert.equal(
    await page.getByLabel('Nom de la base de données').inputValue(),
    'les-petits-pots-d-ete',
  );
  await page.getByLabel('Votre nom').fill('Anne Dubois');
  await page.getByLabel('Courriel').fill('anne@example.be');
  await fill('anne@example.be');
  await page.getByText('fait de votre nom').waitFor();
  assert.equal(await page.getByLabel('Votre nom').inputValue(), 'Anne Dubois');
});

test('the first administrator is signed in at once, and the address is spent', async () => {
  await fill(PASSWORD);
  await page.waitForURL(`${server.url}/home`);
  assert.match(await heading(), /Anne/);
  const again = await page.goto(server.url + address());
  assert.equal(again?.status(), 410);
});
