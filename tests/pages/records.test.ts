// What an administrator does with lists and forms, with scripts and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { execute } from '#server/models/execute.ts';
import { openChromium, sidewaysBy, ways, type Way } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;

before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
  const person = (login: string, name: string, more = {}) => stage.person({ login, name, ...more });
  const noor = await person('noor@example.be', 'Noor Peeters', { groups: ['base.group_system'] });
  await person('portal@example.be', 'Portia Portail', { portal: true });
  await person('eric@example.be', 'Éric Droits', { groups: ['base.group_erp_manager'] });
  for (let i = 0; i < 85; i++)
    await person(`p${i}@example.be`, `Personne ${String(i).padStart(2, '0')}`, {
      password: undefined,
    });
  const contacts = Array.from({ length: 10 }, (_, i) => ({ name: `Contact 2${i}` }));
  const call = { model: 'res.partner', method: 'create', args: [contacts], kwargs: {} };
  await execute(noor, call);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

/** Opens a browser of this way with the person signed in, and closes it after the story. */
async function signedIn(
  way: Way,
  story: (page: Page, context: BrowserContext) => Promise<void>,
  login = 'noor@example.be',
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

const names = (page: Page) => page.locator('tbody td.first a').allInnerTexts();
const told = (page: Page, text: RegExp) =>
  page.getByRole('status').filter({ hasText: text }).first().waitFor();
const save = (page: Page) => page.getByRole('button', { name: 'Enregistrer' }).click();

for (const way of ways) {
  test(`a user is created, refused input keeps what was typed (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/settings/users');
      await page.getByRole('link', { name: 'Nouveau' }).click();
      await page.waitForURL(/\/settings\/users\/new/);
      if (await scripted(page)) await page.waitForTimeout(400);
      await page.getByLabel('Nom de famille').fill('Nouvelle');
      await page.getByLabel('Prénom').fill('Personne');
      await save(page);
      await page.locator('[aria-invalid="true"]').waitFor();
      assert.equal(await page.getByLabel('Nom de famille').inputValue(), 'Nouvelle');
      assert.match(await page.locator('#login-wrong').innerText(), /Adresse e-mail/);
      const login = `nouvelle-${ways.indexOf(way)}@example.be`;
      await page.locator('input[name="login"]').fill(login);
      await save(page);
      await page.waitForURL(/\/settings\/users\/\d+\?done=invited$/);
      await told(page, /créé/);
      assert.match(await page.locator('h1').innerText(), /Nouvelle/);
      assert.equal(await page.locator('input[name="login"]').inputValue(), login);
      assert.equal(await sidewaysBy(page).catch(() => 0), 0);
    }));

  test(`a list is searched, sorted, filtered and paged (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/settings/users?sort=name');
      assert.equal((await names(page)).length, 80);
      await page.getByRole('link', { name: 'Page suivante' }).click();
      await page.waitForURL(/page=2/);
      await page.getByText(/^81-\d+ \/ \d+$/).waitFor();
      await page.getByRole('searchbox').fill('personne 0');
      await page.getByRole('searchbox').press('Enter');
      await page.waitForURL(/q=personne\+0/);
      await page.getByText('1-10 / 10').waitFor();
      await page.getByRole('columnheader', { name: 'Nom' }).getByRole('link').click();
      await page.waitForURL(/sort=name(\+|%20)desc/);
      await page.locator('th[aria-sort="descending"]').waitFor();
      assert.deepEqual((await names(page)).slice(0, 2), ['Personne 09', 'Personne 08']);
      await page.getByRole('link', { name: 'Retirer ce filtre' }).click();
      await page.waitForURL(/filter=/);
      await page.locator('summary', { hasText: 'Filtres' }).click();
      await page.getByRole('link', { name: 'Utilisateurs du portail' }).click();
      await page.waitForURL(/filter=portal/);
      await page.getByText('Rien trouvé').waitFor();
    }));

  test(`the pager of a form follows its list (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/settings/users?q=personne+1&sort=name');
      await page.getByRole('link', { name: 'Personne 12', exact: true }).click();
      await page.getByText('3 / 10', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Fiche suivante' }).click();
      await page.getByText('4 / 10', { exact: true }).waitFor();
      await page.getByRole('heading', { level: 1, name: 'Personne 13' }).waitFor();
      assert.equal(await page.locator('input[name="login"]').inputValue(), 'p13@example.be');
      // After saving one is still there.
      if (await scripted(page)) await page.waitForTimeout(300);
      await page.getByLabel('Prénom').fill('Personne');
      await save(page);
      await told(page, /C’est enregistré/);
      await page.getByText('4 / 10', { exact: true }).waitFor();
      await page
        .getByRole('navigation', { name: 'Chemin' })
        .getByRole('link', { name: 'Utilisateurs' })
        .click();
      await page.getByText('1-10 / 10').waitFor();
    }));

  test(`several are archived and taken out again, one is duplicated and deleted (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/records/res.partner?q=contact+2&sort=name');
      const boxes = page.getByRole('checkbox', { name: /^Sélectionner Contact 2[01]$/ });
      for (const box of await boxes.all()) await box.check();
      await page.getByRole('button', { name: 'Archiver', exact: true }).click();
      await told(page, /2 fiches sont archivées/);
      await page.getByText('1-8 / 8').waitFor();
      await open(page, '/records/res.partner?q=contact+2&filter=archived');
      const both = page.getByRole('checkbox', { name: /^Sélectionner Contact/ });
      for (const box of await both.all()) await box.check();
      await page.getByRole('button', { name: 'Désarchiver' }).click();
      await page.waitForURL(/done=unarchived/);
      await open(page, '/records/res.partner?q=contact+22');
      await page.getByRole('link', { name: 'Contact 22' }).click();
      await page.waitForURL(/at=1/);
      if (await scripted(page)) await page.waitForTimeout(400);
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('button', { name: 'Dupliquer' }).click();
      await page.waitForURL(/done=duplicated/);
      await page.getByRole('heading', { level: 1, name: 'Contact 22 (copie)' }).waitFor();
      if (await scripted(page)) await page.waitForTimeout(400);
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('link', { name: 'Supprimer' }).click();
      await page.getByRole('heading', { name: 'Supprimer cette fiche' }).waitFor();
      if (await scripted(page)) await page.waitForTimeout(300);
      await page.getByRole('button', { name: 'Supprimer' }).click();
      await page.waitForURL(/done=deleted/);
      await told(page, /supprimé/);
    }));

  test(`a relation is searched and chosen, a label added (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, '/records/res.partner/new');
      const mark = `Chez Noor ${ways.indexOf(way)}`;
      await page.locator('input[name="name"]').fill(mark);
      if (await scripted(page)) {
        const box = page.getByRole('combobox', { name: 'Société liée' });
        await box.click();
        await box.fill('noor pe');
        await page.getByRole('option', { name: 'Noor Peeters', exact: true }).click();
      } else {
        await page.getByRole('searchbox', { name: 'Rechercher : Société liée' }).fill('noor pe');
        await page.getByRole('button', { name: 'Chercher' }).first().click();
        assert.equal(await page.locator('input[name="name"]').inputValue(), mark);
        await page.locator('select[name="parent_id"]').selectOption({ label: 'Noor Peeters' });
      }
      await save(page);
      await page.waitForURL(/done=created/);
      await page.getByRole('link', { name: 'Ouvrir Noor Peeters' }).waitFor();
    }));
}

for (const way of [ways[0]!, ways[2]!])
  test(`rights are given and taken: a step of an application, a box (${way.name})`, () =>
    signedIn(way, async (page) => {
      const login = `p${40 + ways.indexOf(way)}@example.be`;
      await open(page, `/settings/users?q=${login}`);
      await page.locator('tbody td.first a').click();
      await page.waitForURL(/at=1/);
      if (await scripted(page)) await page.waitForTimeout(400);
      const step = page.getByLabel('Administration', { exact: true });
      const box = page.getByRole('checkbox', { name: /^Création de contacts/ });
      await step.selectOption({ label: 'Droits d’accès' });
      await box.check();
      await save(page);
      await told(page, /C’est enregistré/);
      assert.equal(await step.locator('option:checked').innerText(), 'Droits d’accès');
      assert.equal(await box.isChecked(), true);
      await step.selectOption({ label: 'Paramètres' });
      await save(page);
      await page.getByText('Compris dans : Paramètres').first().waitFor();
      // What comes with another group cannot be taken away alone.
      assert.equal(await box.isDisabled(), true);
      await step.selectOption({ label: 'Aucun droit' });
      await save(page);
      await page.getByText('Compris dans : Paramètres').first().waitFor({ state: 'detached' });
      assert.equal(await step.locator('option:checked').innerText(), 'Aucun droit');
      assert.equal(await box.isDisabled(), false);
    }));

test('leaving an unsaved form asks first; tabs lose nothing', () =>
  signedIn(ways[0]!, async (page) => {
    await open(page, '/records/res.partner?q=personne+3&sort=name');
    await page.getByRole('link', { name: 'Personne 30' }).click();
    await page.waitForURL(/at=1/);
    await page.waitForTimeout(300);
    await page.locator('input[name="city"]').fill('Namur');
    await page.getByRole('radio', { name: 'Notes' }).check({ force: true });
    assert.equal(await page.locator('input[name="city"]').isVisible(), false);
    await page.getByRole('radio', { name: 'Adresse' }).check({ force: true });
    assert.equal(await page.locator('input[name="city"]').inputValue(), 'Namur');
    await page.getByRole('link', { name: 'Fiche suivante' }).click();
    await page.getByRole('button', { name: 'Rester ici' }).click();
    await save(page);
    await told(page, /C’est enregistré/);
    await page.getByRole('link', { name: 'Fiche suivante' }).click();
    await page.getByRole('heading', { level: 1, name: 'Personne 31' }).waitFor();
    assert.equal(await page.locator('input[name="city"]').inputValue(), '');
  }));

test('what is typed while a new record is being made stays in its form', () =>
  signedIn(ways[0]!, async (page) => {
    await open(page, '/records/res.partner/new');
    await page.route(/\?\/save/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    await page.locator('input[name="name"]').fill('Personne de Plus');
    await save(page);
    await page.locator('input[name="city"]').fill('Namur');
    await page.waitForURL(/res\.partner\/\d+\?/);
    await page.locator('form[aria-busy]').waitFor({ state: 'detached' });
    assert.equal(await page.locator('input[name="city"]').inputValue(), 'Namur');
    await page.getByText('Pas encore enregistré', { exact: true }).waitFor();
    await save(page);
    await told(page, /C’est enregistré/);
    await page.reload();
    assert.equal(await page.locator('input[name="city"]').inputValue(), 'Namur');
  }));

test('the numbers of a user lead to the lists they count', () =>
  signedIn(ways[0]!, async (page) => {
    await open(page, '/settings/users?q=Noor');
    await page.getByRole('link', { name: 'Noor Peeters' }).click();
    const buttons: [RegExp, RegExp][] = [
      [/Groupes/, /\/settings\/groups\?where=/],
      [/Droits d’accès/, /\/access-rights\?where=/],
      [/Règles sur/, /\/record-rules\?where=/],
    ];
    for (const [name, address] of buttons) {
      const button = page.locator('main').getByRole('link', { name });
      const count = /\d+/.exec(await button.innerText())![0];
      await button.click();
      await page.waitForURL(address);
      await page.getByText(`1-${count} / ${count}`, { exact: true }).waitFor();
      await page.getByText('Utilisateur : Noor Peeters').waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Noor Peeters' }).waitFor();
    }
  }));

test('an administrator signs somebody out everywhere', () =>
  signedIn(ways[0]!, async (page) => {
    const eric = await stage.person({ login: 'eva@example.be', name: 'Eva Ailleurs' });
    await signedIn(
      ways[2]!,
      async (other) => {
        await open(page, `/settings/users/${eric.person.id}`);
        await page.getByRole('radio', { name: 'Sécurité du compte' }).check({ force: true });
        await page.getByRole('button', { name: 'Déconnecter partout' }).click();
        await told(page, /1 session est terminée/);
        await other.goto(stage.address('/my/profile'));
        await other.waitForURL(/\/web\/login/);
      },
      'eva@example.be',
    );
  }));

test('what one may not use is not shown and not reachable', async () => {
  const paths = [
    '/settings/users',
    '/settings/users/new',
    '/settings/users/1',
    '/settings/users/delete?pick-1=on',
    '/settings/technical/access-rights',
    '/records/res.partner',
    '/records/res.users',
  ];
  await signedIn(
    ways[0]!,
    async (page) => {
      for (const path of paths)
        assert.equal((await page.goto(stage.address(path)))?.status(), 403, path);
      const names = await page.request.get(stage.address('/records/res.partner/names?q=a'));
      assert.equal(names.status(), 403);
    },
    'portal@example.be',
  );
  await signedIn(
    ways[0]!,
    async (page) => {
      await open(page, '/settings/users');
      assert.equal(await page.getByRole('link', { name: 'Paramètres généraux' }).count(), 0);
      await page.locator('summary', { hasText: 'Utilisateurs et sociétés' }).click();
      assert.equal(await page.getByRole('link', { name: 'Sociétés', exact: true }).count(), 0);
      assert.equal((await page.goto(stage.address('/settings/companies')))?.status(), 403);
      assert.equal((await page.goto(stage.address('/settings/nothing')))?.status(), 404);
    },
    'eric@example.be',
  );
  assert.deepEqual(stage.complaints(), []);
});
