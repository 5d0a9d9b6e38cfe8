// The doors beside the sign-in page, in a real Chromium: one-time links, several databases, the
// language menu, menus by keyboard, and what one browser remembers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { makeRescue } from '#server/links/links.ts';
import { openChromium, ways } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

const NEW_PASSWORD = 'huit chaises bleues rêvent';

let browser: Browser;
let stage: Stage;
before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

async function visit(options = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-BE', ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.getByLabel('Courriel').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Connexion' }).click();
  await page.waitForURL(/\/home$/);
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

async function sessionsOf(login: string): Promise<number> {
  const rows = await stage.caller.db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (on) =>
      on.onRef('u.tenant', '=', 's.tenant').onRef('u.id', '=', 's.user_id'),
    )
    .select('s.id')
    .where('s.tenant', '=', stage.caller.tenant.id)
    .where('u.login', '=', login)
    .execute();
  return rows.length;
}

for (const way of ways)
  test(`a one-time link sets a password and lets its person in, ${way.name}`, async () => {
    const login = `lien.${ways.indexOf(way)}@example.be`;
    await stage.person({ login, name: 'Luc Lien' });
    const link = new URL(await makeRescue(stage.caller, login), stage.address('/'));
    const page = await visit(way.options);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer}`));

    await page.goto(link.href);
    const token = link.searchParams.get('token')!;
    assert.ok(!page.url().includes(token), 'the address holds no secret any more');
    assert.deepEqual(
      asked.slice(1).filter((text) => text.includes(token)),
      [],
    );
    assert.equal(await page.getByLabel('Votre courriel').inputValue(), login);

    const [first, second] = [
      page.getByLabel('Nouveau mot de passe', { exact: true }),
      page.getByLabel('Le même mot de passe'),
    ];
    const save = page.getByRole('button', { name: 'Enregistrer le mot de passe' });
    await first.fill(NEW_PASSWORD);
    await second.fill(`${NEW_PASSWORD}!`);
    await save.click();
    await page.getByText('ne sont pas identiques').waitFor();
    assert.equal(await second.getAttribute('aria-invalid'), 'true');

    await first.fill(NEW_PASSWORD);
    await second.fill(NEW_PASSWORD);
    await save.click();
    await page.waitForURL(/\/home\?done=password_set$/);
    const again = await page.goto(link.href);
    assert.equal(again?.status(), 410);
    await page.context().close();
  });

test('the page of a link never sets the password of somebody else who opened one meanwhile', async () => {
  const page = await visit();
  const open = async (login: string) => {
    await stage.person({ login, name: login });
    await page.goto(new URL(await makeRescue(stage.caller, login), stage.address('/')).href);
  };
  await open('un@example.be');
  const other = await page.context().newPage();
  await stage.person({ login: 'deux@example.be', name: 'Deux' });
  const path = await makeRescue(stage.caller, 'deux@example.be');
  await other.goto(new URL(path, stage.address('/')).href);

  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('Le même mot de passe').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await page.getByRole('alert').filter({ hasText: 'Un autre lien' }).waitFor();
  assert.equal(await page.getByLabel('Votre courriel').inputValue(), 'deux@example.be');
  await page.context().close();
});

test('one browser holds one session: signing in again ends the former one', async () => {
  const login = 'encore@example.be';
  await stage.person({ login, name: 'Ève Encore' });
  const page = await visit();
  const tab = await page.context().newPage();
  await tab.goto(stage.address('/web/login'));
  await signIn(page, login);
  await tab.getByLabel('Courriel').fill(login);
  await tab.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await tab.getByRole('button', { name: 'Connexion' }).click();
  await tab.waitForURL(/\/home$/);
  assert.equal(await sessionsOf(login), 1);
  await page.context().close();
});

test('signing in never leads to another site', async () => {
  const page = await visit();
  await stage.person({ login: 'ailleurs@example.be', name: 'Alain Ailleurs' });
  for (const wished of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/web/login',
  ]) {
    await page.context().clearCookies();
    const address = new URL(stage.address('/web/login'));
    address.searchParams.set('redirect', wished);
    address.searchParams.set('login', 'ailleurs@example.be');
    await page.goto(address.href);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Connexion' }).click();
    await page.waitForURL(new URL('/home', address).href);
  }
  await page.context().close();
});

test('the language menu keeps a visitor where they are, and is a member’s own preference', async () => {
  const page = await visit();
  const choose = async (from: string, to: string) => {
    await page.locator('footer summary').filter({ hasText: from }).click();
    await page.locator('footer').getByRole('button', { name: to, exact: true }).click();
  };
  const there = new URL(stage.address('/web/login'));
  there.searchParams.set('login', 'piet@example.be');
  await page.goto(there.href);
  await choose('Français (BE)', 'Deutsch');
  await page.getByLabel('Passwort', { exact: true }).waitFor();
  assert.equal(page.url(), there.href);
  assert.equal(await page.locator('html').getAttribute('lang'), 'de-DE');
  await page.context().clearCookies();

  await stage.person({ login: 'piet@example.be', name: 'Piet' });
  await signIn(page, 'piet@example.be');
  await page.goto(stage.address('/'));
  await choose('Français (BE)', 'Nederlands (BE)');
  await page.getByRole('heading', { name: /Welkom/ }).waitFor();
  await page.goto(stage.address('/my/profile'));
  await page.getByLabel('Taal', { exact: true }).waitFor();
  await page.context().close();
});

test('menus open, move and close by keyboard, and close when left', async () => {
  const page = await visit();
  await page.goto(stage.address('/web/login'));
  const menu = page.locator('footer details.menu');
  const open = () => menu.evaluate((element) => element.hasAttribute('open'));
  await menu.locator('summary').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'English');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'Français (BE)');
  await page.keyboard.press('End');
  assert.equal(await focused(page), 'Deutsch');
  await page.keyboard.press('Escape');
  assert.equal(await open(), false);
  assert.match(await focused(page), /Français/);
  await page.keyboard.press('Enter');
  assert.equal(await open(), true);
  await page.getByLabel('Courriel').focus();
  assert.equal(await open(), false);
  await page.context().close();
});

test('a password can be shown, and is hidden again before it is sent', async () => {
  const page = await visit();
  await page.goto(stage.address('/web/login'));
  const password = page.getByLabel('Mot de passe', { exact: true });
  const show = page.getByRole('button', { name: 'Afficher le mot de passe' });
  await page.getByLabel('Courriel').fill('personne@example.be');
  await password.fill('ouvert');
  await show.click();
  assert.equal(await password.getAttribute('type'), 'text');
  assert.equal(await show.getAttribute('aria-pressed'), 'true');
  // The window hears the event last, after the page's own script.
  await page.evaluate(() =>
    window.addEventListener('submit', () =>
      sessionStorage.setItem(
        'sent',
        document.querySelector('#password')?.getAttribute('type') ?? '',
      ),
    ),
  );
  await page.getByRole('button', { name: 'Connexion' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem('sent')), 'password');
  await page.context().close();
});

test('after too many tries the page says how long to wait, and a machine is told too', async () => {
  const page = await visit();
  let last = 0;
  let retryAfter: string | undefined;
  page.on('response', (response) => {
    if (response.request().method() !== 'POST') return;
    last = response.status();
    retryAfter = response.headers()['retry-after'];
  });
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.goto(stage.address('/web/login'));
    await page.getByLabel('Courriel').fill('cible@example.be');
    await page.getByLabel('Mot de passe', { exact: true }).fill('devine');
    await page.getByRole('button', { name: 'Connexion' }).click();
    await page.getByRole('alert').waitFor();
  }
  assert.equal(last, 429);
  assert.ok(Number(retryAfter) > 0);
  assert.match(await page.getByRole('alert').innerText(), /Attendez \d+ seconde/);
  await page.context().close();
});
