// A copy to practise on, as people meet it: the banner on every page, the mailbox, and the whole reset of a
// password while a mail server that anybody could have reached waits in vain.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { fillDemo } from '#server/tenants/demo.ts';
import { openChromium, sidewaysBy, ways } from '../chromium.ts';
import { huis } from '../console.ts';
import { until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

const NEW = 'huit chaises bleues rêvent';
const COPY = `practice-${randomBytes(4).toString('hex')}`;
const MAILBOX = '/settings/technical/test-mailbox';

let browser: Browser;
let stage: Stage;
let server: Server;
let connections = 0;

before(async () => {
  server = createServer((socket) => {
    connections++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const env = { HUIS_OFFICE: COPY, HUIS_SMTP_URL: `smtp://127.0.0.1:${port}` };
  [browser, stage] = await Promise.all([openChromium(), openStage(env)]);
  await fillDemo(stage.caller);
  for (const way of ways.keys())
    await stage.person({ login: `luc.${way}@example.be`, name: 'Luc Lien' });
  await addServer(port);
  const { code, err } = await huis(['database', 'copy', stage.caller.tenant.name, COPY, '--test']);
  assert.deepEqual([code, err], [0, '']);
});
after(async () => {
  await browser?.close();
  await stage?.close();
  server?.close();
});

/** A mail server of the original's own, as good as any. */
async function addServer(port: number): Promise<void> {
  const { db, tenant } = stage.caller;
  await db
    .insertInto('mail_servers')
    .values({ tenant: tenant.id, name: 'Notre', host: '127.0.0.1', port })
    .execute();
}

function at(path: string): string {
  const url = new URL(path, stage.address('/'));
  url.searchParams.set('db', COPY);
  return url.href;
}

async function visit(options = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-BE', ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(at('/web/login'));
  await page.getByLabel('Courriel').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Connexion' }).click();
  await page.waitForURL(/\/(home|my)$/);
}

const banner = (page: Page) => page.getByRole('complementary', { name: 'Base de données de test' });

for (const [nth, way] of ways.entries())
  test(`every page says that it is a test, and covers nothing with it, ${way.name}`, async () => {
    const page = await visit(way.options);
    const check = async (path: string) => {
      await page.goto(at(path));
      const text = await banner(page).innerText();
      assert.ok(text.includes(`copie de «\u00a0${stage.caller.tenant.name}\u00a0»`), path);
      const [over, under] = [
        await banner(page).boundingBox(),
        await page.locator('header').first().boundingBox(),
      ];
      assert.ok(over!.y + over!.height <= under!.y + 1, `${path}: the banner covers the frame`);
      assert.ok((await sidewaysBy(page)) <= 0, path);
    };
    for (const path of [
      '/',
      '/web/login',
      '/web/reset_password',
      '/nowhere',
      '/web/signup?token=x',
    ])
      await check(path);
    assert.equal(await banner(page).getByRole('link').count(), 0);
    await signIn(page, `luc.${nth}@example.be`, PASSWORD);
    for (const path of ['/home', '/my/profile', '/my/messages', '/nowhere']) await check(path);
    assert.equal(await banner(page).getByRole('link').count(), 0);
    await page.context().close();
  });

test('the original says nothing of the kind, and has no mailbox', async () => {
  const page = await visit();
  await page.goto(stage.address('/web/login'));
  assert.equal(await banner(page).count(), 0);
  await page.getByLabel('Courriel').fill('admin');
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Connexion' }).click();
  await page.waitForURL(/\/home$/);
  const answer = await page.goto(stage.address(MAILBOX));
  assert.equal(answer!.status(), 404);
  assert.equal(await banner(page).count(), 0);
  await page.context().close();
});

/** Opens the newest mail for this address in the mailbox, waiting for it to arrive. */
async function openMail(page: Page, to: string): Promise<void> {
  await until(async () => {
    await page.goto(new URL(`${MAILBOX}?q=${encodeURIComponent(to)}`, page.url()).href);
    return (await page.locator('tbody tr').count()) > 0;
  });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/test-mailbox\/\d+$/);
}

for (const [nth, way] of ways.entries())
  test(`the reset is practised from end to end, ${way.name}`, async () => {
    const login = `luc.${nth}@example.be`;
    const member = await visit(way.options);
    await member.goto(at('/web/reset_password'));
    await member.getByLabel('Votre courriel').fill(login);
    await member.getByRole('button', { name: 'Confirmer' }).click();
    await member.getByText('arrive dans la boîte de test').waitFor();

    const keeper = await visit(way.options);
    await signIn(keeper, 'admin', PASSWORD);
    await banner(keeper).getByRole('link', { name: 'Ouvrir la boîte de test' }).click();
    await keeper.getByRole('heading', { name: 'Boîte de test', level: 1 }).waitFor();
    await openMail(keeper, login);
    assert.ok((await sidewaysBy(keeper)) <= 0);
    const link = keeper.getByRole('link', { name: 'Ouvrir le lien de ce courriel' });
    const href = await link.getAttribute('href');
    const frame = keeper.frameLocator('iframe');
    await frame.getByText(href!, { exact: true }).waitFor();
    await keeper.getByText('Texte seul').click();
    await keeper.locator('pre a').waitFor();
    assert.equal(await keeper.locator('pre a').getAttribute('href'), href);

    await member.goto(href!);
    await member.getByLabel('Nouveau mot de passe', { exact: true }).fill(NEW);
    await member.getByLabel('Le même mot de passe').fill(NEW);
    await member.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
    await member.getByText('Votre mot de passe est enregistré').waitFor();
    await banner(member).waitFor();

    await keeper.reload();
    await keeper.getByText('Ce lien ne fonctionne plus').waitFor();
    await member.context().clearCookies();
    await signIn(member, login, NEW);
    await Promise.all([member.context().close(), keeper.context().close()]);
  });

test('the button in the mail opens the real page in a window of its own, outside the sandbox', async () => {
  const keeper = await visit();
  await signIn(keeper, 'admin', PASSWORD);
  await keeper.goto(at('/web/login'));
  await keeper.goto(new URL(MAILBOX, keeper.url()).href);
  await keeper.locator('tbody a').first().click();
  const button = keeper.frameLocator('iframe').getByRole('link').first();
  const [popup] = await Promise.all([keeper.waitForEvent('popup'), button.click()]);
  await popup.waitForLoadState();
  assert.match(popup.url(), /\/web\//);
  await banner(popup).waitFor();
  assert.equal(await popup.evaluate('window.origin'), new URL(popup.url()).origin);
  await keeper.context().close();
});

test('axe finds nothing in the mailbox, at a desk and on a phone in the dark', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const [nth, way] of ways.slice(0, 2).entries()) {
    const page = await visit({ ...way.options, colorScheme: nth ? 'dark' : 'light' });
    await signIn(page, 'admin', PASSWORD);
    const look = async () => {
      await page.locator('html[data-enhanced]').waitFor({ state: 'attached' });
      await page.evaluate(axe);
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
        `axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
          'wcag22aa', 'best-practice'] }, iframes: false }).then(({ violations }) => violations)`,
      );
      assert.deepEqual(
        found.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`),
        [],
        page.url(),
      );
      assert.ok((await sidewaysBy(page)) <= 0, page.url());
    };
    await page.goto(new URL(MAILBOX, page.url()).href);
    await look();
    await page.locator('tbody a').first().click();
    await page.locator('iframe').waitFor();
    await look();
    await page.getByText('En-têtes').click();
    await look();
    await page.goto(new URL(`${MAILBOX}?q=nobody`, page.url()).href);
    await look();
    await page.context().close();
  }
});

test('emptied, it says so; and nothing went to any mail server all the while', async () => {
  const page = await visit();
  await signIn(page, 'admin', PASSWORD);
  await page.goto(new URL(MAILBOX, page.url()).href);
  await page.getByRole('button', { name: 'Vider la boîte' }).click();
  await page.getByText(/courriels? (est|sont) supprimés?/).waitFor();
  await page.getByText('Aucun courriel pour l’instant').waitFor();
  assert.equal(connections, 0);
  assert.deepEqual(stage.complaints(), []);
  await page.context().close();
});
