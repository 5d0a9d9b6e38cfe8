// Keys for programs, as their owner and as an administrator see them: at a desk, on a phone, and
// without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { noteUse, writeUses } from '#server/api-keys/uses.ts';
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

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/(home|my)$/);
}

const rows = () =>
  stage.caller.db
    .selectFrom('api_keys as k')
    .innerJoin('users as u', (on) =>
      on.onRef('u.tenant', '=', 'k.tenant').onRef('u.id', '=', 'k.user_id'),
    )
    .select(['k.id', 'k.name', 'k.prefix', 'k.read_only', 'k.addresses', 'k.user_id', 'u.login'])
    .where('k.tenant', '=', stage.caller.tenant.id)
    .orderBy('k.id')
    .execute();

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

/** Fills in what every new key needs and sends it. */
async function make(page: Page, name: string): Promise<string> {
  await page.goto(stage.address('/my/profile/security/api-keys/new'));
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await press(page, 'Créer la clé');
  return page.getByLabel('Votre clé').inputValue();
}

for (const way of ways)
  test(`a key is made, renewed and revoked, ${way.name}`, { timeout: 120_000 }, async () => {
    const login = `cle-${ways.indexOf(way)}@example.be`;
    await stage.person({ login, name: 'Noor Peeters' });
    const context = await browser.newContext({ ...way.options, locale: 'fr-BE' });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await signIn(page, login);
    await page.goto(stage.address('/my/profile/security'));
    await page.getByText('Vous n’avez pas de clé API.').waitFor();
    await page.getByRole('link', { name: 'Nouvelle clé API' }).click();
    await page.waitForURL(/api-keys\/new$/);

    // Refused, it keeps all that was typed.
    await page.getByLabel('Durée de validité').selectOption('date');
    await page.getByLabel('Dernier jour').fill('2020-01-01');
    await page.getByLabel(/Lire tout ce que je peux voir/).check();
    await page.getByLabel(/Uniquement depuis ces adresses/).fill('192.0.2.7 ici');
    await press(page, 'Créer la clé');
    await page.locator('#name-wrong').waitFor();
    await page.getByLabel('Nom', { exact: true }).fill('Boutique');
    await press(page, 'Créer la clé');
    await page.locator('#until-wrong').filter({ hasText: 'passé' }).waitFor();
    await page.getByLabel('Durée de validité').selectOption('30');
    await press(page, 'Créer la clé');
    await page.locator('#addresses-wrong').filter({ hasText: 'ici' }).waitFor();
    assert.ok(await page.getByLabel(/Lire tout ce que je peux voir/).isChecked());
    await page.getByLabel(/Uniquement depuis ces adresses/).fill('192.0.2.7');
    assert.equal(await sidewaysBy(page), 0);
    await press(page, 'Créer la clé');

    const first = await page.getByLabel('Votre clé').inputValue();
    const mine = async () => (await rows()).filter((row) => row.login === login);
    const [stored] = await mine();
    assert.deepEqual(
      [stored?.name, stored?.read_only, stored?.addresses],
      ['Boutique', true, ['192.0.2.7/32']],
    );
    assert.ok(first.startsWith(`huis_${stored!.prefix}_`));
    assert.equal(await sidewaysBy(page), 0);
    if (way.options.javaScriptEnabled !== false) {
      await press(page, 'Copier');
      await page.getByRole('button', { name: 'Copiée' }).waitFor();
    }

    // The list shows it without its value; eleven minutes later the password is asked for.
    await page.getByRole('link', { name: 'Retour à la sécurité du compte' }).click();
    await page.getByText('Lecture seule').waitFor();
    assert.ok(!(await page.content()).includes(first.slice(14)));
    await stage.ageProofs(login);
    await page.getByRole('link', { name: /Renouveler ou révoquer/ }).click();
    await page.getByLabel('Votre mot de passe').fill('wrong');
    await press(page, 'Créer une nouvelle valeur');
    await page.locator('#proof-wrong').waitFor();
    assert.equal((await mine())[0]!.prefix, stored!.prefix);
    await page.getByLabel('Votre mot de passe').fill(PASSWORD);
    await press(page, 'Créer une nouvelle valeur');
    const second = await page.getByLabel('Votre clé').inputValue();
    assert.notEqual(second, first);
    assert.ok(second.startsWith(`huis_${(await mine())[0]!.prefix}_`));

    await page.getByRole('link', { name: 'Retour à la sécurité du compte' }).click();
    await page.getByRole('link', { name: /Renouveler ou révoquer/ }).click();
    await press(page, 'Révoquer cette clé');
    await page.getByRole('status').filter({ hasText: 'La clé est révoquée.' }).waitFor();
    assert.deepEqual(await mine(), []);
    for (const value of [first, second]) assert.ok(!stage.said().includes(value.slice(14)));
    await context.close();
  });

for (const way of ways)
  test(
    `an administrator finds keys, revokes several, sees who calls, ${way.name}`,
    { timeout: 120_000 },
    async () => {
      const nth = ways.indexOf(way);
      const [admin, owner] = [`chef-${nth}@example.be`, `els-${nth}@example.be`];
      await stage.person({ login: admin, name: 'Chef', groups: ['base.group_system'] });
      const els = await stage.person({ login: owner, name: 'Els Claes' });
      const context = await browser.newContext({ ...way.options, locale: 'fr-BE' });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      await signIn(page, owner);
      for (const name of ['Un', 'Deux', 'Trois']) await make(page, `${name} ${nth}`);
      const refused = await page.goto(stage.address('/settings/technical/api-keys'));
      assert.equal(refused?.status(), 403);
      const { id } = (await rows()).find(({ name }) => name === `Trois ${nth}`)!;
      const use = { userId: els.person.id, keyId: id, protocol: 'json2', method: 'read' } as const;
      for (let i = 0; i < 1_234; i++) noteUse(stage.caller, use);
      noteUse(stage.caller, { ...use, keyId: null });
      const { db } = stage.caller;
      await writeUses({ tenant: () => db });

      await context.clearCookies();
      await signIn(page, admin);
      await page.goto(stage.address('/settings/technical/api-keys'));
      assert.equal(await sidewaysBy(page), 0);
      await page
        .getByRole('row')
        .filter({ hasText: `Trois ${nth}` })
        .getByRole('cell', { name: /^1.234$/ })
        .waitFor();
      await page
        .getByRole('row')
        .filter({ hasText: 'Mot de passe' })
        .filter({ hasText: owner })
        .waitFor();
      await page.getByLabel('Chercher', { exact: true }).fill(`els-${nth}`);
      await press(page, 'Afficher');
      await page.waitForURL(/q=els/);
      await page.getByText('3 clés').waitFor();
      await page.getByLabel(`Sélectionner Un ${nth}`).check();
      await page.getByLabel(`Sélectionner Trois ${nth}`).check();
      await stage.ageProofs(admin);
      await press(page, 'Révoquer les clés cochées');
      await page.getByLabel('Votre mot de passe').fill(PASSWORD);
      assert.ok(await page.getByLabel(`Sélectionner Trois ${nth}`).isChecked());
      await press(page, 'Révoquer les clés cochées');
      await page.getByRole('status').filter({ hasText: '2 clés sont révoquées' }).waitFor();
      const left = (await rows()).filter(({ login }) => login === owner).map(({ name }) => name);
      assert.deepEqual(left, [`Deux ${nth}`]);

      await page.getByLabel('Les utilisateurs du portail peuvent avoir des clés').check();
      await press(page, 'Enregistrer');
      await page.getByRole('status').filter({ hasText: 'Les règles sont enregistrées' }).waitFor();
      assert.ok(await page.getByLabel(/portail peuvent/).isChecked());
      await context.close();
    },
  );
