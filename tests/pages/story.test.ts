// The seed's story in a real Chromium, in French, by visible labels: at a desk, on a phone, without
// scripts. A person opens the address, signs in, walks the menus, sets their preferences, changes
// their password, signs out; a second browser is signed out meanwhile.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium, sidewaysBy, ways, type Way } from '../chromium.ts';
import { openStage, type Stage } from './stage.ts';
import { PASSWORD } from '../world.ts';

const NEW_PASSWORD = 'sept bus verts dansent le mardi';

let browser: Browser;
let stage: Stage;
before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

async function visit(way: Way, locale = 'fr-BE'): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...way.options,
    locale,
    timezoneId: 'Europe/Brussels',
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/** A drop-down opens by its summary; on a phone the menu is behind one more. */
async function openMenu(page: Page, name: RegExp): Promise<void> {
  await page.locator('summary').filter({ visible: true }).filter({ hasText: name }).first().click();
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.getByLabel('Courriel').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Connexion' }).click();
}

for (const way of ways)
  describe(`the seed’s story, ${way.name}`, () => {
    const login = `marie.${ways.indexOf(way)}@example.be`;
    let here: BrowserContext;
    let elsewhere: BrowserContext;
    let page: Page;

    before(async () => {
      await stage.person({ login, name: 'Marie Lambert', groups: ['base.group_system'] });
      here = await visit(way);
      elsewhere = await visit(ways[0]!);
      page = await here.newPage();
    });
    after(async () => {
      await here?.close();
      await elsewhere?.close();
    });

    test('she opens the address and finds the door', async () => {
      await page.goto(stage.address('/'));
      assert.equal(await page.locator('html').getAttribute('lang'), 'fr-BE');
      if (way.name === 'on a phone') await openMenu(page, /./);
      await page
        .getByRole('link', { name: 'Se connecter' })
        .filter({ visible: true })
        .first()
        .click();
      await page.getByLabel('Courriel').waitFor();
      await page.getByRole('link', { name: 'Réinitialiser le mot de passe' }).click();
      await page.getByRole('link', { name: /Retour à la page d.authentification/ }).click();
      await page.getByLabel('Courriel').waitFor();
    });

    test('a wrong password is refused in one plain sentence and her address is kept', async () => {
      await signIn(page, login, 'faux');
      await page
        .getByRole('alert')
        .filter({ hasText: /mot de passe/i })
        .first()
        .waitFor();
      assert.equal(await page.getByLabel('Courriel').inputValue(), login);
      assert.equal(await page.getByLabel('Mot de passe', { exact: true }).inputValue(), '');
    });

    test('she signs in, and lands where she was going', async () => {
      await page.goto(stage.address('/my/todos'));
      await page.getByLabel('Courriel').fill(` ${login.toUpperCase()} `);
      await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Connexion' }).click();
      await page.waitForURL(/\/my\/todos$/);
      await signIn(await elsewhere.newPage(), login, PASSWORD);
    });

    test('she walks the menus', async () => {
      await page.goto(stage.address('/home'));
      assert.ok((await page.getByRole('heading', { level: 1 }).innerText()).length > 2);
      await page
        .getByRole('link', { name: 'Paramètres' })
        .filter({ visible: true })
        .first()
        .click();
      await page.waitForURL(/\/settings$/);
      await page.goto(stage.address('/settings/languages'));
      await page
        .getByRole('cell', { name: /Nederlands \(BE\)/ })
        .first()
        .waitFor();
      assert.ok((await sidewaysBy(page)) <= 0);
    });

    test('she opens Mon profil from her name', async () => {
      await page.goto(stage.address('/home'));
      await openMenu(page, /Marie/);
      await page
        .getByRole('link', { name: 'Mon profil' })
        .filter({ visible: true })
        .first()
        .click();
      await page.waitForURL(/\/my\/profile$/);
      await page.getByRole('heading', { name: 'Marie Lambert' }).first().waitFor();
      assert.ok((await sidewaysBy(page)) <= 0);
    });

    test('a new language is hers at once, and back', async () => {
      await page.getByLabel('Langue', { exact: true }).selectOption({ label: 'Nederlands (BE)' });
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByLabel('Taal', { exact: true }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'nl-BE');
      await page.goto(stage.address('/home'));
      await page.getByText('Afmelden').first().waitFor({ state: 'attached' });
      await page.goto(stage.address('/my/profile'));
      await page.getByLabel('Taal', { exact: true }).selectOption({ label: 'Français (BE)' });
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByLabel('Langue', { exact: true }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'fr-BE');
    });

    test('notifications, time zone and signature are kept', async () => {
      await page.goto(stage.address('/my/profile'));
      await page.getByLabel('Recevoir dans Huis').check();
      await stage.chooseTimeZone(page, 'Europe/Paris');
      await stage.writeSignature(page, 'Marie, au magasin');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByRole('status').filter({ hasText: /./ }).first().waitFor();
      await page.goto(stage.address('/my/profile'));
      assert.ok(await page.getByLabel('Recevoir dans Huis').isChecked());
      const stored = await stage.stored(login);
      assert.equal(stored.notificationType, 'inbox');
      assert.equal(stored.timeZone, 'Europe/Paris');
      assert.match(stored.signature, /Marie, au magasin/);
    });

    test('a new e-mail address asks for the password once the proof is old, and keeps what was typed', async () => {
      await stage.ageProofs(login);
      await page.goto(stage.address('/my/profile'));
      await page.getByLabel('E-mail', { exact: true }).fill('marie.nouvelle@example.be');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      const proof = page.getByLabel(/mot de passe/i).first();
      await proof.waitFor();
      assert.equal(
        await page.getByLabel('E-mail', { exact: true }).inputValue(),
        'marie.nouvelle@example.be',
      );
      await proof.fill(PASSWORD);
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByRole('status').filter({ hasText: /./ }).first().waitFor();
      assert.equal((await stage.stored(login)).email, 'marie.nouvelle@example.be');
    });

    test('she changes her password: the other browser is out, this one stays', async () => {
      await page.goto(stage.address('/my/profile'));
      await page.getByRole('link', { name: 'Sécurité du compte' }).click();
      await page.getByLabel('Mot de passe actuel').fill(PASSWORD);
      await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(NEW_PASSWORD);
      await page
        .getByLabel(/Nouveau mot de passe.*encore|Répétez|Confirmer/i)
        .first()
        .fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Modifier le mot de passe' }).click();
      await page.getByRole('status').filter({ hasText: /./ }).first().waitFor();
      const other = await elsewhere.newPage();
      await other.goto(stage.address('/my/profile'));
      assert.match(other.url(), /\/web\/login/);
      await page.goto(stage.address('/my/profile'));
      assert.match(page.url(), /\/my\/profile$/);
    });

    test('she signs out; the old password fails, the new one works', async () => {
      await openMenu(page, /Marie/);
      await page
        .getByRole('button', { name: 'Se déconnecter' })
        .filter({ visible: true })
        .first()
        .click();
      await page.waitForURL((url) => !url.pathname.startsWith('/my'));
      await page.goto(stage.address('/my/profile'));
      assert.match(page.url(), /\/web\/login/);
      await signIn(page, login, PASSWORD);
      await page.getByRole('alert').first().waitFor();
      await signIn(page, login, NEW_PASSWORD);
      await page.waitForURL(/\/home$/);
    });

    test('nothing she did broke a page or a rule of the content security policy', () => {
      assert.deepEqual(stage.complaints(), []);
    });
  });
