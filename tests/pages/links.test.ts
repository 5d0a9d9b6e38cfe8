// Links by mail, in a real Chromium: asking, the page behind the link, robots, and every wrong turn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { holdInstallation } from '#server/kernel/installation.ts';
import { hashToken, heldSecret } from '#server/kernel/secrets.ts';
import { LINK_SECRET, secretPlace } from '#server/mail/post.ts';
import { makeLinks, type Purpose } from '#server/links/links.ts';
import { settleRequests } from '#server/passwords/reset.ts';
import { openChromium, sidewaysBy, ways } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { pressEverything } from './mailbox.ts';
import { openStage, type Stage } from './stage.ts';

const NEW = 'huit chaises bleues rêvent';

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

let people = 0;
async function somebody(newcomer = {}) {
  const login = `lien.${++people}@example.be`;
  return stage.person({ login, name: 'Luc Lien', ...newcomer });
}

/** A new link of the person, as its full address. */
async function linkOf(userId: number, purpose: Purpose = 'reset'): Promise<string> {
  const [link] = await makeLinks(stage.caller, [{ userId, purpose, way: 'mail' }]);
  return new URL(link!.path, stage.address('/')).href;
}

/** Lets the office answer what was asked, and reads the newest mail to this address. */
async function newestMail(to: string) {
  holdInstallation({ url: 'http://localhost:8069', mailHosts: [], smtpUrl: 'smtp://mail.invalid' });
  await settleRequests(stage.caller);
  const { id: tenant } = stage.caller.tenant;
  const [mail] = await stage.caller.db
    .selectFrom('mails')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('email_to', '=', to)
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  if (!mail) return null;
  const place = secretPlace(tenant, mail.message_id);
  const live = mail.secret && heldSecret().decrypt(LINK_SECRET, place, mail.secret);
  const { pathname, search } = new URL(live ?? 'http://none.invalid/');
  return { ...mail, link: new URL(pathname + search, stage.address('/')).href };
}

async function choose(page: Page, password: string, repeated = password): Promise<void> {
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(password);
  await page.getByLabel('Le même mot de passe').fill(repeated);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
}

const openedAt = async (href: string) => {
  const found = await stage.caller.db
    .selectFrom('links')
    .select('opened_at')
    .where('tenant', '=', stage.caller.tenant.id)
    .where('token_hash', '=', hashToken(new URL(href).searchParams.get('token')!))
    .executeTakeFirstOrThrow();
  return found.opened_at;
};

for (const way of ways)
  test(`forgotten, asked for, mailed, chosen, signed in, ${way.name}`, async () => {
    const { person } = await somebody();
    const page = await visit(way.options);
    await page.goto(stage.address('/web/login'));
    await page.getByLabel('Courriel').fill(person.login);
    await page.getByRole('link', { name: 'Réinitialiser le mot de passe' }).click();
    await page.getByRole('heading', { name: 'Réinitialiser le mot de passe' }).waitFor();
    const box = page.getByLabel('Votre courriel');
    // Without scripts the address carries only what the page knew.
    if (way.options.javaScriptEnabled !== false) assert.equal(await box.inputValue(), person.login);
    await box.fill(person.login);
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Si ce compte existe').waitFor();
    assert.ok((await sidewaysBy(page)) <= 0);
    await page.getByRole('link', { name: 'Retour à la page d’authentification' }).click();
    assert.equal(await page.getByLabel('Courriel').inputValue(), person.login);

    const mail = await newestMail(person.login);
    assert.equal(mail?.kind, 'password_reset');
    await page.goto(mail.link);
    await page.getByRole('heading', { name: 'Choisir un nouveau mot de passe' }).waitFor();
    assert.equal(await page.getByLabel('Votre courriel').inputValue(), person.login);
    assert.ok((await sidewaysBy(page)) <= 0);
    await choose(page, 'court');
    await page.getByText('au moins', { exact: false }).first().waitFor();
    await choose(page, NEW, `${NEW}!`);
    await page.getByText('ne sont pas identiques').waitFor();
    await choose(page, NEW);
    await page.getByText('Votre mot de passe est enregistré et vous êtes connecté.').waitFor();
    await page.context().close();
  });

test('behind a link too the meter says how strong a password is, and to nobody without one', async () => {
  const { person } = await somebody();
  const page = await visit();
  await page.goto(await linkOf(person.id));
  const box = page.getByLabel('Nouveau mot de passe', { exact: true });
  const told = page.locator('#password-strength strong');
  await box.pressSequentially('luc lien 2026');
  await told.filter({ hasText: 'Très faible' }).waitFor();
  await page.getByText('Votre nom, votre adresse').waitFor();
  await box.fill(NEW);
  await told.filter({ hasText: 'Très fort' }).waitFor();
  // What the policy refuses is not praised: the co-operative's name is no password of its people.
  await box.fill(stage.caller.tenant.title);
  await told.filter({ hasText: 'Très faible' }).waitFor();
  await page.context().close();
  for (const path of ['reset_password', 'signup', 'new_password']) {
    const query = `db=${stage.caller.tenant.name}`;
    const answer = await fetch(stage.address(`/web/${path}/strength?${query}`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ password: NEW }),
      redirect: 'manual',
    });
    assert.equal(answer.status, path === 'new_password' ? 303 : 410, path);
  }
});

test('whoever is asked for, the page says and does the same', async () => {
  const { person } = await somebody();
  const answers = new Set<string>();
  for (const name of [person.login, 'personne@example.be', 'x'.repeat(1_000)]) {
    const page = await visit();
    await page.goto(stage.address('/web/login'));
    await page.goto(new URL('/web/reset_password', stage.address('/')).href);
    await page.getByLabel('Votre courriel').evaluate((box, text) => {
      (box as HTMLInputElement).value = text;
    }, name);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Confirmer' }).click(),
    ]);
    await page.getByText('Si ce compte existe').waitFor();
    const text = await page.locator('main').innerText();
    answers.add(`${answer.status()} ${text}`);
    await page.context().close();
  }
  assert.equal(answers.size, 1);
});

test('a robot that fetches a link five times and presses every button has not used it up', async () => {
  const { person } = await somebody();
  for (const purpose of ['reset', 'invitation'] as const) {
    const href = await linkOf(person.id, purpose);
    for (let i = 0; i < 5; i++)
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(href, { method, redirect: 'manual' });
        assert.equal(answer.status, 303);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
        const [cookie] = answer.headers.getSetCookie().filter((one) => /one_time/.test(one));
        assert.match(cookie!, /HttpOnly/i);
        const next = new URL(answer.headers.get('location')!, href);
        assert.ok(!next.href.includes(new URL(href).searchParams.get('token')!));
        const headers = { cookie: cookie!.split(';')[0]! };
        const head = await fetch(next, { method: 'HEAD', headers });
        assert.deepEqual([head.status, head.headers.get('cache-control')], [200, 'no-store']);
        assert.match(head.headers.get('referrer-policy')!, /^(no-referrer|same-origin)$/);
      }
    assert.equal(await openedAt(href), null, 'HEAD is no reader');

    await pressEverything(browser, href);
    assert.ok(await openedAt(href));
    const page = await visit();
    await page.goto(href);
    await page.locator('input[name="password"]').waitFor();
    assert.match(await page.locator('input[name="login"]').inputValue(), /lien\./);
    await page.context().close();
  }
});

const DEAD = 'Ce lien ne fonctionne plus';

test('a dead link says why it is dead, and one click sends a new one to the same mailbox', async () => {
  const { person } = await somebody();
  const replaced = await linkOf(person.id);
  const used = await linkOf(person.id);
  const page = await visit();
  const says = async (href: string, reason: RegExp) => {
    const answer = await page.goto(href);
    assert.equal(answer?.status(), 410);
    await page.getByRole('heading', { name: DEAD }).waitFor();
    assert.match(await page.locator('main').innerText(), reason);
  };
  await says(replaced, /plus récent/);
  await page.goto(used);
  await choose(page, NEW);
  await page.waitForURL(/\/home/);
  await page.context().clearCookies();
  await says(used, /déjà servi/);

  await page.getByRole('button', { name: 'Envoyez-moi un nouveau lien' }).click();
  await page.getByText('Si ce compte existe').waitFor();
  const mail = await newestMail(person.login);
  assert.notEqual(mail!.link, used);
  await page.goto(mail!.link);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).waitFor();

  const expired = await linkOf(person.id);
  await stage.caller.db
    .updateTable('links')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('tenant', '=', stage.caller.tenant.id)
    .where('user_id', '=', person.id)
    .execute();
  await says(expired, /arrivé à son terme/);
  const half = expired.slice(0, -20);
  await says(half, /coupé en chemin/);
  assert.equal(await page.getByRole('button', { name: 'Envoyez-moi' }).count(), 0);
  await page.getByRole('link', { name: 'Demander un nouveau lien' }).click();
  await page.getByRole('button', { name: 'Confirmer' }).waitFor();

  const archived = await linkOf(person.id);
  await stage.caller.db
    .updateTable('users')
    .set({ active: false })
    .where('tenant', '=', stage.caller.tenant.id)
    .where('id', '=', person.id)
    .execute();
  await says(archived, /ne mène plus nulle part/);
  assert.equal(await page.getByRole('button', { name: 'Envoyez-moi' }).count(), 0);
  await page.context().close();
});

test('the link of another database is unknown in this one', async () => {
  const { person } = await somebody();
  const other = await openStage();
  try {
    const href = new URL(await linkOf(person.id));
    href.searchParams.set('db', other.caller.tenant.name);
    const page = await visit();
    const answer = await page.goto(new URL(href.pathname + href.search, stage.address('/')).href);
    assert.equal(answer?.status(), 410);
    assert.match(await page.locator('main').innerText(), /autre base de données/);
    await page.context().close();
  } finally {
    await other.close();
  }
});

test('of two tabs the second is told that the link was used', async () => {
  const { person } = await somebody();
  const href = await linkOf(person.id);
  const first = await visit();
  const second = await first.context().newPage();
  await first.goto(href);
  await second.goto(href);
  await choose(first, NEW);
  await first.waitForURL(/\/home/);
  await choose(second, `${NEW} deux`);
  await second.getByRole('heading', { name: DEAD }).waitFor();
  assert.match(await second.locator('main').innerText(), /déjà servi/);
  await first.context().close();
});

test('choosing a password ends the other sessions, and is told by one mail alone', async () => {
  const { person } = await somebody();
  const elsewhere = await visit();
  await elsewhere.goto(stage.address('/web/login'));
  await elsewhere.getByLabel('Courriel').fill(person.login);
  await elsewhere.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole('button', { name: 'Connexion' }).click();
  await elsewhere.waitForURL(/\/home$/);
  const page = await visit();
  await page.goto(await linkOf(person.id));
  await choose(page, NEW);
  await page.waitForURL(/\/home/);
  await elsewhere.goto(new URL('/home', elsewhere.url()).href);
  await elsewhere.getByRole('button', { name: 'Connexion' }).waitFor();
  const notices = await stage.caller.db
    .selectFrom('notices')
    .select('kind')
    .where('tenant', '=', stage.caller.tenant.id)
    .where('user_id', '=', person.id)
    .execute();
  assert.deepEqual(
    notices.map(({ kind }) => kind),
    ['password_changed'],
  );
  for (const one of [page, elsewhere]) await one.context().close();
});
