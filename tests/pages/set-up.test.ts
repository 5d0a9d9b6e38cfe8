// The first hour: a server without any database, its one-time address, and the page behind it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openStore } from '#server/store/open.ts';
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

test('of many databases strangers see fifty, and find the others without accents', async () => {
  const store = await openStore({ databaseUrl: undefined, dataFolder: folder });
  try {
    const others = Array.from({ length: 60 }, (_, i) => ({
      name: `coop-${i}`,
      title: `Coopérative nº ${i}`,
    }));
    await store.installation.insertInto('tenants').values(others).execute();
  } finally {
    await store.close();
  }
  const stranger = await browser.newPage({ locale: 'fr-BE' });
  await stranger.goto(`${server.url}/web/database/selector`);
  const entries = stranger.locator('main li');
  assert.equal(await entries.count(), 50);
  await stranger.getByText('Seules les 50 premières sont affichées').waitFor();
  await stranger.getByLabel('Chercher par nom').fill(' POTS d’ete ');
  await stranger.getByLabel('Chercher par nom').press('Enter');
  await entries.filter({ hasText: 'Les Petits Pots d’Été' }).waitFor();
  assert.equal(await entries.count(), 1);
  await stranger.getByLabel('Chercher par nom').fill('%');
  await stranger.getByLabel('Chercher par nom').press('Enter');
  await stranger.getByText('Aucune base de données n’a « % » dans son nom.').waitFor();
  await stranger.close();
});
