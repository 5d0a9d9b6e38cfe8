// What an administrator does for people: links sent from the form and from the list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium, sidewaysBy, ways, type Way } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;
let marie: number;
let mute: number;
const NOOR = 'noor@example.be';

before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
  const person = async (login: string, name: string, more = {}) =>
    (await stage.person({ login, name, ...more })).person.id;
  await person(NOOR, 'Noor Peeters', { groups: ['base.group_system'] });
  await person('eric@example.be', 'Éric Droits', { groups: ['base.group_erp_manager'] });
  marie = await person('marie@example.be', 'Marie Membre', { password: undefined });
  mute = await person('aicha', 'Aïcha Sans Adresse', { password: undefined });
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

/** Opens a browser of this way with the person signed in, and closes it after the story. */
async function signedIn(
  way: Way,
  story: (page: Page, context: BrowserContext) => Promise<void>,
  login = NOOR,
): Promise<void> {
  const options = { ...way.options, locale: 'fr-BE', timezoneId: 'Europe/Brussels' };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(stage.address('/web/login'));
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/(home|my)$/);
  try {
    await story(page, context);
  } finally {
    await context.close();
  }
}

const scripted = (page: Page) =>
  page.evaluate(() => document.documentElement.dataset.enhanced !== undefined).catch(() => false);

async function open(page: Page, path: string): Promise<void> {
  await page.goto(stage.address(path), { waitUntil: 'load' });
  // With scripts, wait until the page is awake: its forms stay in place then.
  if (await scripted(page)) await page.waitForTimeout(400);
}

const told = (page: Page, text: RegExp) =>
  page.getByRole('status').filter({ hasText: text }).first().waitFor();

/** Kinds of the mails that this person was sent. */
async function kindsFor(userId: number): Promise<(string | null)[]> {
  const { db, tenant } = stage.caller;
  const rows = await db
    .selectFrom('mails')
    .select('kind')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .execute();
  return rows.map(({ kind }) => kind);
}

for (const way of ways) {
  test(`whoever never connected is sent an invitation from their form (${way.name})`, () =>
    signedIn(way, async (page) => {
      const before = (await kindsFor(marie)).length;
      await open(page, `/settings/users/${marie}`);
      await page.getByRole('button', { name: 'Envoyer une invitation' }).click();
      await told(page, /aucun serveur de courrier/);
      assert.deepEqual((await kindsFor(marie)).slice(before), ['invitation']);
      await open(page, `/settings/users/${mute}`);
      await page.getByRole('button', { name: 'Envoyer une invitation' }).click();
      await page.getByRole('alert').filter({ hasText: 'n’a pas d’adresse e-mail' }).waitFor();
      assert.deepEqual(await kindsFor(mute), []);
    }));

  test(`links go to all of a list, and the page says how far they are (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/settings/users?q=m');
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('link', { name: /toutes les personnes de cette liste/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Envoyer des liens' }).waitFor();
      if (await scripted(page)) await page.waitForTimeout(400);
      const sends = page.getByRole('button', { name: /^Envoyer \d+ message/ });
      const count = Number(/\d+/.exec(await sends.innerText())![0]);
      await sends.click();
      await page.waitForURL(/\/settings\/users\/sending\//);
      await page.getByText(`0 messages traités sur ${count}`).waitFor();
      assert.equal(await page.locator('progress').getAttribute('max'), String(count));
      assert.equal(await sidewaysBy(page).catch(() => 0), 0);
    }));

  test(`links go to those who are ticked; who has no address is named (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/settings/users');
      for (const name of ['Marie Membre', 'Aïcha Sans Adresse'])
        await page.getByRole('checkbox', { name: `Sélectionner ${name}` }).check();
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('button', { name: /^Envoyer les instructions/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Envoyer des liens' }).waitFor();
      await page.getByRole('link', { name: 'Aïcha Sans Adresse' }).waitFor();
      if (await scripted(page)) await page.waitForTimeout(400);
      await page.getByRole('button', { name: 'Envoyer 1 message' }).click();
      await page.waitForURL(/\/sending\//);
      await page.getByRole('link', { name: 'Aïcha Sans Adresse' }).waitFor();
    }));

  test(`a new person is invited unless the box is emptied (${way.name})`, () =>
    signedIn(way, async (page) => {
      for (const invites of [true, false]) {
        await open(page, '/settings/users/new');
        const login = `n${ways.indexOf(way)}-${invites}@example.be`;
        await page.getByLabel('Prénom').fill('Nouvelle');
        const box = page.getByRole('checkbox', { name: /Envoyer une invitation/ });
        if (!invites) await box.uncheck();
        // Refused first: the box stays as it was.
        await page.getByRole('button', { name: 'Enregistrer' }).click();
        await page.locator('[aria-invalid="true"]').waitFor();
        assert.equal(await box.isChecked(), invites);
        await page.locator('input[name="login"]').fill(login);
        await page.getByRole('button', { name: 'Enregistrer' }).click();
        await page.waitForURL(invites ? /done=invited/ : /done=created/);
        const id = Number(/users\/(\d+)/.exec(page.url())![1]);
        assert.deepEqual(await kindsFor(id), invites ? ['invitation'] : []);
      }
    }));
}

test('whoever gives access rights alone is offered nothing for people above them', () =>
  signedIn(
    ways[2]!,
    async (page) => {
      await open(page, '/settings/users?q=noor');
      await page.getByRole('link', { name: 'Noor Peeters' }).click();
      await page.getByRole('heading', { level: 1, name: 'Noor Peeters' }).waitFor();
      assert.equal(await page.getByRole('button', { name: /^Envoyer/ }).count(), 0);
    },
    'eric@example.be',
  ));
