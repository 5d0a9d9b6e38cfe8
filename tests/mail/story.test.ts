// The second half of the seed in a real Chromium, in French, with a real mail server: forgotten password,
// mail read, link followed, new password, signed in; the same started by an administrator; the portal
// invitation; a copied link; the code of a letter. The same phone and scriptless ways as the first half.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import PostalMime, { type Email } from 'postal-mime';
import { openChromium, sidewaysBy, ways, type Way } from '../chromium.ts';
import { drawings, scan } from '../letter.ts';
import { openStage, type Stage } from '../pages/stage.ts';
import { freePort, until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { openMailServer, type MailServer } from './mail-server.ts';

const NEW = 'huit chaises bleues rêvent';
const ADMINISTRATOR = 'noor@example.be';

let browser: Browser;
let stage: Stage;
let post: MailServer;

before(async () => {
  post = await openMailServer();
  const port = await freePort();
  const office = `t-story-${port}`;
  [browser, stage] = await Promise.all([
    openChromium(),
    openStage(
      {
        HUIS_PORT: String(port),
        HUIS_URL: `http://127.0.0.1:${port}`,
        HUIS_SMTP_URL: post.url,
        HUIS_MAIL_FROM: 'coop@example.be',
        HUIS_OFFICE: office,
      },
      { name: office },
    ),
  ]);
  await stage.person({ login: ADMINISTRATOR, name: 'Noor Peeters', groups: ['settings'] });
});
after(async () => {
  await browser?.close();
  await stage?.close();
  await post?.close();
});

async function visit(way: Way): Promise<BrowserContext> {
  const options = { ...way.options, locale: 'fr-BE', timezoneId: 'Europe/Brussels' };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  return context;
}

/** The newest mail to this address behind those that were read, once the server has it. */
async function nextMail(to: string, behind: number): Promise<Email> {
  const sent = () => post.accepted.filter((mail) => mail.to.includes(to));
  await until(async () => sent().length > behind, 40);
  return PostalMime.parse(sent().at(-1)!.raw);
}
const mailsTo = (to: string) => post.accepted.filter((mail) => mail.to.includes(to)).length;

/** The address of the button of a mail; the text says the same. */
function linkIn({ html = '', text = '' }: Email): string {
  const [, href] = /href="([^"]*(?:token=)[^"]*)"/.exec(html) ?? [];
  assert.ok(href, html);
  const link = href.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
  assert.ok(text.includes(link), text);
  return link;
}

/** Follows a link and chooses a password; ends signed in. */
async function choose(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  assert.ok(!page.url().includes('token='), 'the address holds no secret any more');
  assert.ok((await sidewaysBy(page).catch(() => 0)) <= 0);
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('motdepasse1234');
  await page.getByLabel('Le même mot de passe, encore une fois').fill('motdepasse1234');
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await page.locator('input[aria-invalid="true"]').first().waitFor();
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(NEW);
  await page.getByLabel('Le même mot de passe, encore une fois').fill(NEW);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await page.waitForURL(/\/(home|my)\b/);
  await page.getByText(name).first().waitFor({ state: 'attached' });
}

/** Somebody else follows a link, in a browser of their own. */
async function follow(way: Way, link: string, name: string): Promise<void> {
  const theirs = await visit(way);
  await choose(await theirs.newPage(), link, name);
  await theirs.close();
}

/** An act of a menu of somebody's form. */
async function chooseAct(page: Page, id: number, [menu, act]: [string, string]): Promise<void> {
  await formOf(page, id);
  await page.locator('summary', { hasText: menu }).click();
  await page.getByRole('link', { name: act }).click();
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /lien|Lettre/ })
    .waitFor();
  await page.waitForTimeout(400);
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.getByLabel('Courriel').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Connexion' }).click();
}

/** The form of somebody, awake where there are scripts. */
async function formOf(page: Page, id: number): Promise<void> {
  await page.goto(stage.address(`/settings/users/${id}`), { waitUntil: 'load' });
  await page.waitForTimeout(500);
}

for (const way of ways)
  describe(`the seed’s mails, ${way.name}`, () => {
    const nth = ways.indexOf(way);
    let here: BrowserContext;
    let page: Page;
    before(async () => {
      here = await visit(way);
      page = await here.newPage();
    });
    after(() => here?.close());

    test('whoever forgot their password asks, reads the mail, follows the link and is in', async () => {
      const email = `marie.${nth}@example.be`;
      await stage.person({ login: email, name: 'Marie Lambert' });
      await signIn(page, email, 'oublié');
      await page.goto(`${stage.address('/web/login')}&login=${email}`);
      await page.getByRole('link', { name: 'Réinitialiser le mot de passe' }).click();
      assert.equal(await page.getByLabel('Votre courriel').inputValue(), email);
      await page.getByRole('button', { name: 'Confirmer' }).click();
      await page.getByRole('link', { name: /Retour à la page d.authentification/ }).waitFor();
      const mail = await nextMail(email, 0);
      assert.match(mail.text ?? '', /24\s+heures/);
      assert.match(mail.from?.address ?? '', /@/);
      await choose(page, linkIn(mail), 'Marie Lambert');
      const changed = await nextMail(email, 1);
      assert.match(changed.subject ?? '', /mot de passe .* a été modifié/);
      // The second tab is told plainly, and the old password is over.
      const other = await (await visit(ways[0]!)).newPage();
      await other.goto(linkIn(mail));
      await other.getByRole('heading', { name: 'Ce lien ne fonctionne plus' }).waitFor();
      await signIn(other, email, PASSWORD);
      await other.getByRole('alert').first().waitFor();
      await other.context().close();
      await here.clearCookies();
    });

    test('an administrator starts the same, and invites somebody to the portal', async () => {
      const email = `luc.${nth}@example.be`;
      const luc = await stage.person({
        login: email,
        name: 'Luc Maes',
        password: undefined,
        portal: true,
      });
      await signIn(page, ADMINISTRATOR, PASSWORD);
      await page.waitForURL(/\/home/);
      await formOf(page, luc.person.id);
      const before = mailsTo(email);
      await page.getByRole('button', { name: 'Envoyer une invitation' }).click();
      const mail = await nextMail(email, before);
      assert.match(mail.text ?? '', /L’accès au portail .* vous a été donné/);
      assert.ok(mail.text?.includes(email) && mail.text.includes(stage.caller.tenant.name));
      await follow(way, linkIn(mail), 'Luc Maes');
      await formOf(page, luc.person.id);
      const later = mailsTo(email);
      await page
        .getByRole('button', { name: /^Envoyer les instructions de réinitialisation/ })
        .filter({ visible: true })
        .first()
        .click();
      const reset = await nextMail(email, later);
      assert.match(reset.subject ?? '', /nouveau mot de passe/i);
      await follow(way, linkIn(reset), 'Luc Maes');
      await here.clearCookies();
    });

    test('who has no mailbox is handed a link, or scans the code of a letter', async () => {
      const login = `membre ${nth}`;
      const rita = await stage.person({ login, name: 'Rita Wouters', portal: true });
      await signIn(page, ADMINISTRATOR, PASSWORD);
      await page.waitForURL(/\/home/);
      await chooseAct(page, rita.person.id, ['Action', 'Copier un lien']);
      await page.getByRole('button', { name: 'Créer le lien' }).click();
      const handed = await page.getByRole('textbox', { name: /lien/i }).inputValue();
      await follow(way, handed, 'Rita Wouters');

      await chooseAct(page, rita.person.id, ['Imprimer', 'Lettre d’accès']);
      const printed = new Promise<Buffer>((resolve) => {
        void here.route('**/letters/pdf', async (route) => {
          resolve(await (await route.fetch()).body());
          await route.fulfill({ contentType: 'text/plain', body: 'printed' });
        });
      });
      await page.getByRole('button', { name: 'Créer la lettre' }).click();
      const [letter, ...more] = drawings(await printed);
      assert.ok(letter && more.length === 0);
      await follow(way, scan(letter).href, 'Rita Wouters');
      await here.clearCookies();
      await signIn(page, login, NEW);
      await page.waitForURL(/\/my/);
    });
  });
