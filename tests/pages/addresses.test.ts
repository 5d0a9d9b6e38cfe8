// A new e-mail address in a real Chromium: asked for, confirmed, undone; with robots in between.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ACCESS_RIGHTS } from '#server/store/caller.ts';
import { openChromium, sidewaysBy, ways } from '../chromium.ts';
import { until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { mailsTo, pressEverything } from './mailbox.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;
before(async () => {
  [browser, stage] = await Promise.all([
    openChromium(),
    // Nobody listens there: mails are read from where they wait.
    openStage({ HUIS_SMTP_URL: 'smtp://127.0.0.1:9' }),
  ]);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.getByLabel('Courriel').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Connexion' }).click();
  await page.waitForURL(/\/home$/);
}

for (const way of ways)
  test(`an address is asked for, confirmed and undone, ${way.name}`, async () => {
    const nth = ways.indexOf(way);
    const [old, next] = [`ancien.${nth}@example.be`, `nouveau.${nth}@example.be`];
    await stage.person({ login: `adele.${nth}`, name: 'Adèle', email: old });
    const context = await browser.newContext({ locale: 'fr-BE', ...way.options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await signIn(page, `adele.${nth}`);
    await page.goto(stage.address('/my/profile'));
    await page.getByLabel('E-mail', { exact: true }).fill(next);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const waiting = page.getByText('attend d’être confirmée');
    await waiting.waitFor();
    assert.equal(await page.getByLabel('E-mail', { exact: true }).inputValue(), old);
    assert.ok((await sidewaysBy(page)) <= 0);
    await page.getByRole('button', { name: 'Renvoyer' }).click();
    await page.getByText('Le message part de nouveau.').waitFor();
    // What else is typed on the page is not saved by these buttons, and not lost either.
    const signature = page.locator('textarea[name="signatureText"]');
    if (way.options.javaScriptEnabled !== false) await page.locator('[contenteditable]').waitFor();
    else await signature.fill('Adèle, à la caisse');
    await page.getByLabel('E-mail', { exact: true }).fill('autre@example.be');
    await page.getByLabel(/Recevoir dans Huis/).check();
    await page.getByRole('button', { name: 'Renvoyer' }).click();
    await until(async () => (await mailsTo(stage, next)).length === 3);
    await page.getByText('Le message part de nouveau.').waitFor();
    assert.equal(await page.getByLabel('E-mail', { exact: true }).inputValue(), 'autre@example.be');
    assert.equal(await page.getByLabel(/Recevoir dans Huis/).isChecked(), true);
    if (way.options.javaScriptEnabled === false)
      assert.equal(await signature.inputValue(), 'Adèle, à la caisse');
    assert.equal((await stage.stored(`adele.${nth}`)).notificationType, 'email');
    if (way.options.javaScriptEnabled !== false) {
      const again = page.getByRole('button', { name: 'Renvoyer' });
      await until(() => again.evaluate((button) => button === document.activeElement));
    }
    await page.goto('about:blank');

    const [first, , second] = await mailsTo(stage, next);
    await page.goto(first!.link);
    await page.getByText('Un lien plus récent a été créé').waitFor();
    await pressEverything(browser, second!.link);
    await page.goto(second!.link);
    await page.getByText(next).waitFor();
    assert.ok((await sidewaysBy(page)) <= 0);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Confirmer cette adresse' }).click();
    await page.getByText('Votre nouvelle adresse est confirmée').waitFor();
    assert.equal((await stage.stored(`adele.${nth}`)).email, next);

    const told = (await mailsTo(stage, old)).at(-1)!;
    assert.equal(told.kind, 'email_changed');
    await pressEverything(browser, told.link);
    assert.equal((await stage.stored(`adele.${nth}`)).email, next);
    await page.goto(told.link);
    await page.getByLabel('Votre ancienne adresse').fill(next);
    await page.getByRole('button', { name: 'Revenir à cette adresse' }).click();
    await page.getByText('Ce n’est pas l’adresse').waitFor();
    assert.ok((await sidewaysBy(page)) <= 0);
    await page.getByLabel('Votre ancienne adresse').fill(old);
    await page.getByRole('button', { name: 'Revenir à cette adresse' }).click();
    await page.getByText('L’ancienne adresse compte de nouveau').waitFor();
    assert.equal((await stage.stored(`adele.${nth}`)).email, old);
    assert.equal((await mailsTo(stage, old)).at(-1)!.kind, 'password_reset');
    await page.goto(stage.address('/my/profile'));
    await page.getByRole('button', { name: 'Connexion' }).waitFor();
    await context.close();
  });

test('an address that was kept after all is told as that, by the page and by the dead link', async () => {
  await stage.person({ login: 'cas', name: 'Cas', email: 'cas@example.be' });
  const page = await browser.newPage({ locale: 'fr-BE' });
  await signIn(page, 'cas');
  await page.goto(stage.address('/my/profile'));
  await page.locator('[contenteditable]').waitFor();
  await page.getByLabel('E-mail', { exact: true }).fill('cas.nieuw@example.be');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('button', { name: 'Garder mon adresse actuelle' }).click();
  await page.getByText('Vous gardez votre adresse actuelle.').waitFor();
  assert.equal((await stage.stored('cas')).email, 'cas@example.be');
  const [mail] = await mailsTo(stage, 'cas.nieuw@example.be');
  await page.goto(mail!.link);
  await page.getByText('l’adresse actuelle a été conservée').waitFor();
  assert.equal(await page.getByText('administrateur').count(), 0);
  await page.close();
});

test('an administrator changes somebody’s address at once, and the old one is told', async () => {
  const { person } = await stage.person({ login: 'bea', name: 'Béa', email: 'bea@example.be' });
  await stage.person({ login: 'chef', name: 'Chef', groups: [ACCESS_RIGHTS] });
  const page = await browser.newPage({ locale: 'fr-BE' });
  await signIn(page, 'chef');
  await page.goto(stage.address(`/settings/users/${person.id}`));
  await page.locator('html[data-enhanced]').waitFor({ state: 'attached' });
  await page.getByRole('radio', { name: 'Préférences' }).check();
  await page.locator('input[name="email"]').fill('bea2@example.be');
  await page.getByRole('button', { name: 'Enregistrer' }).first().click();
  await page.waitForURL(/done=saved/);
  assert.equal((await stage.stored('bea')).email, 'bea2@example.be');
  assert.equal((await mailsTo(stage, 'bea@example.be')).at(-1)?.kind, 'email_changed');
  await page.close();
});
