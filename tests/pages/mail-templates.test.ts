// A co-operative's own words for a mail, as an administrator writes them: at a desk, on a phone, and
// without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openChromium, sidewaysBy, ways } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;
before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

const LIST = '/settings/technical/mail-templates';

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/(home|my)$/);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const preview = (page: Page) => page.frameLocator('iframe[name="preview"]');

const mails = () =>
  stage.caller.db
    .selectFrom('mails')
    .select(['subject', 'email_to', 'body_text'])
    .where('tenant', '=', stage.caller.tenant.id)
    .where('subject', 'like', '[Essai]%')
    .orderBy('id')
    .execute();

for (const way of ways)
  test(
    `words are written, looked at, tried, saved and put back, ${way.name}`,
    { timeout: 120_000 },
    async () => {
      const login = `mots-${ways.indexOf(way)}@example.be`;
      await stage.person({ login, name: 'Anne', email: login, groups: ['base.group_system'] });
      const context = await browser.newContext({ ...way.options, locale: 'fr-BE' });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      await signIn(page, login);
      await page.goto(stage.address(LIST));
      assert.equal(await sidewaysBy(page), 0);
      const place = page.locator(`a[href="${LIST}/portal_access/fr_BE"]`);
      await place.filter({ hasText: 'original' }).click();

      // What counts is shown before anything is pressed.
      await preview(page)
        .getByText('L’accès au portail Les Petits Pots vous a été donné.')
        .waitFor();
      assert.equal(await sidewaysBy(page), 0);

      // A refusal keeps what was typed, in the page and in the preview.
      const body = page.getByLabel('Texte', { exact: true });
      await page.getByLabel('Objet').fill('Bienvenue chez {cooperative}');
      await body.fill('Chère membre {prenom},\n\n{link}');
      await press(page, 'Enregistrer');
      await page.locator('#body-wrong').filter({ hasText: '« prenom »' }).waitFor();
      assert.match(await body.inputValue(), /prenom/);
      await press(page, 'Aperçu');
      await preview(page).getByText('Rien ne peut remplir « prenom »').waitFor();

      await body.fill('Chère membre {name}, <b>entrez</b> :\n\n{link}');
      await press(page, 'Aperçu');
      await preview(page).getByText('Chère membre Anne, <b>entrez</b> :').waitFor();
      await preview(page).getByRole('link', { name: 'Choisir mon mot de passe' }).waitFor();
      await press(page, 'Aperçu sans mise en forme');
      await preview(page).locator('pre').filter({ hasText: 'token=••••••••' }).waitFor();

      await press(page, 'M’envoyer un essai');
      await page.getByRole('status').filter({ hasText: login }).waitFor();
      const mine = (await mails()).filter((mail) => mail.email_to === login);
      assert.deepEqual(
        mine.map(({ subject }) => subject),
        ['[Essai] Bienvenue chez Les Petits Pots'],
      );
      assert.match(await body.inputValue(), /Chère membre \{name\}/);

      await press(page, 'Enregistrer');
      await page.getByRole('status').filter({ hasText: 'Enregistré.' }).waitFor();
      await preview(page).getByText('Chère membre Anne').waitFor();
      await page.goto(stage.address(LIST));
      await place.filter({ hasText: 'texte adapté' }).click();
      await page.getByText('L’original', { exact: true }).click();
      await press(page, 'Revenir à l’original');
      await page.getByRole('status').filter({ hasText: 'Les mots d’origine comptent' }).waitFor();
      assert.match(await body.inputValue(), /L’accès au portail/);
      await context.close();
      assert.deepEqual(stage.complaints(), []);
    },
  );

test('nothing in a preview runs, loads or leads anywhere, and nobody else sees it', async () => {
  await stage.person({ login: 'simple@example.be', name: 'Simple' });
  const context = await browser.newContext({ locale: 'fr-BE' });
  const page = await context.newPage();
  await signIn(page, 'simple@example.be');
  for (const path of [LIST, `${LIST}/test/fr_BE`, `${LIST}/test/fr_BE/preview`]) {
    const answer = await page.goto(stage.address(path));
    assert.equal(answer?.status(), 403, path);
  }
  await context.close();
  const admin = await browser.newContext({ locale: 'fr-BE' });
  const other = await admin.newPage();
  await signIn(other, 'mots-0@example.be');
  const shown = await other.goto(stage.address(`${LIST}/test/fr_BE/preview`));
  const policy = shown!.headers()['content-security-policy'] ?? '';
  assert.match(policy, /default-src 'none';.*frame-ancestors 'self'; sandbox$/);
  assert.doesNotMatch(policy, /allow-/);
  assert.equal((await other.goto(stage.address(`${LIST}/none/fr_BE`)))?.status(), 404);
  await admin.close();
});
