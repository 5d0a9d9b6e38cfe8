// What people do wrong, and what goes wrong around them, on the pages inside: nothing typed is lost.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import sharp from 'sharp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { notify } from '#server/notices/notices.ts';
import { openChromium, ways } from '../chromium.ts';
import { until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

const LOGIN = 'noor@example.be';

let browser: Browser;
let stage: Stage;
let context: BrowserContext;
let page: Page;

before(async () => {
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
  await stage.person({ login: LOGIN, name: 'Noor Peeters', groups: ['base.group_system'] });
});
after(async () => {
  await browser?.close();
  await stage?.close();
});
beforeEach(async () => {
  const options = { ...ways[0]!.options, locale: 'fr-BE', timezoneId: 'Europe/Brussels' };
  context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
  await signIn(page);
});
afterEach(() => context.close());

async function signIn(where: Page, login = LOGIN): Promise<void> {
  await where.goto(stage.address('/web/login'));
  await where.locator('input[name="login"]').fill(login);
  await where.locator('input[name="password"]').fill(PASSWORD);
  await where.locator('input[name="password"]').press('Enter');
  await where.waitForURL(/\/home$/);
}

const email = (where = page) => where.getByLabel('E-mail', { exact: true });
const save = (where = page) => where.getByRole('button', { name: 'Enregistrer' }).click();
const told = (text: RegExp, where = page) =>
  where.getByRole('status').filter({ hasText: text }).first().waitFor();

async function openProfile(where = page): Promise<void> {
  await where.goto(stage.address('/my/profile'));
  // The editor comes last: everything else runs by then.
  await where.locator('[contenteditable]').waitFor();
}

/** Ends every session of the person behind the browser's back. */
async function endSessions(): Promise<void> {
  const { db, tenant } = stage.caller;
  await db.deleteFrom('sessions').where('tenant', '=', tenant.id).execute();
}

test('leaving with unsaved changes asks first, by link and by the back button', async () => {
  // From a page whose scripts run, so that the way back stays within the document.
  await openProfile();
  await page.getByRole('link', { name: 'À faire' }).filter({ visible: true }).first().click();
  await page.waitForURL(/\/my\/todos$/);
  await page.locator('summary').filter({ hasText: 'Noor' }).click();
  await page.getByRole('link', { name: 'Mon profil' }).click();
  await page.locator('[contenteditable]').waitFor();
  await email().fill('noor.nouvelle@example.be');
  for (const leave of [
    () => page.getByRole('link', { name: 'Sécurité du compte' }).click(),
    () => page.evaluate(() => history.back()),
  ]) {
    await leave();
    await page.getByRole('button', { name: 'Rester ici' }).click();
    await page.waitForTimeout(200);
    assert.match(page.url(), /\/my\/profile$/);
    assert.equal(await email().inputValue(), 'noor.nouvelle@example.be');
  }
  await page.getByRole('link', { name: 'Sécurité du compte' }).click();
  await page.getByRole('button', { name: 'Quitter sans enregistrer' }).click();
  await page.waitForURL(/\/security$/);
});

test('a second tab saves what was changed in it and nothing else', async () => {
  const other = await context.newPage();
  await openProfile(other);
  await openProfile();
  await page.getByLabel('Recevoir dans Huis').check();
  await save();
  await told(/enregistrées/);
  await stage.chooseTimeZone(other, 'Europe/Lisbon');
  await save(other);
  await told(/enregistrées/, other);
  const stored = await stage.stored(LOGIN);
  assert.deepEqual([stored.notificationType, stored.timeZone], ['inbox', 'Europe/Lisbon']);
});

test('what is typed while the form is being saved stays, and is not called saved', async () => {
  await openProfile();
  await context.route(/\?\/save$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  const waiting = page.getByText('Pas encore enregistré', { exact: true });
  const editor = page.locator('[contenteditable]');
  const stays = async (typed: string) => {
    assert.equal(await email().inputValue(), typed);
    assert.match(await editor.innerText(), /^Plus tard/);
    await waiting.waitFor();
  };
  await stage.chooseTimeZone(page, 'Europe/Vienna');
  const answered = page.waitForResponse(/\?\/save$/);
  const drawn = page.waitForURL(/\?saved$/);
  await editor.fill('Noor, tout de suite');
  await save();
  await email().fill('noor.plus.tard');
  await editor.fill('Plus tard');
  await Promise.all([answered, drawn]);
  await page.locator('form[aria-busy]').waitFor({ state: 'detached' });
  await stays('noor.plus.tard');
  assert.ok(await editor.evaluate((element) => element === document.activeElement));
  const { email: address, timeZone, signature } = await stage.stored(LOGIN);
  assert.equal(timeZone, 'Europe/Vienna');
  assert.match(signature, /tout de suite/);
  assert.notEqual(address, 'noor.plus.tard');
  // That is no address: the refusal brings back the rest as it is by then.
  const refused = page.waitForResponse(/\?\/save$/);
  await save();
  await email().fill('noor.encore');
  await refused;
  await page.locator('input[name="email"][aria-invalid="true"]').waitFor();
  await stays('noor.encore');
});

test('what is typed before the scripts have come stays', async () => {
  await context.route(/_app\/immutable/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue().catch(() => undefined);
  });
  await page.goto(stage.address('/my/profile'), { waitUntil: 'commit' });
  await email().fill('noor.vite@example.be');
  await page.getByLabel('Recevoir par e-mail').check();
  await page.locator('select[name="timeZone"]').selectOption('Europe/Madrid');
  await page.locator('textarea').fill('Noor, vite');
  await page.getByText('Pas encore enregistré', { exact: true }).waitFor();
  await save();
  await told(/enregistrées/);
  const { email: address, notificationType, timeZone, signature } = await stage.stored(LOGIN);
  assert.deepEqual(
    [address, notificationType, timeZone],
    ['noor.vite@example.be', 'email', 'Europe/Madrid'],
  );
  assert.match(signature, /Noor, vite/);
});

test('a session that ended meanwhile loses nothing typed', async () => {
  await openProfile();
  await email().fill('noor.garde@example.be');
  await endSessions();
  await save();
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: /Se reconnecter/ }).click(),
  ]);
  await tab.locator('input[name="login"]').fill(LOGIN);
  await tab.locator('input[name="password"]').fill(PASSWORD);
  await tab.locator('input[name="password"]').press('Enter');
  await tab.waitForURL(/\/my\/profile$/);
  await save();
  await told(/enregistrées/);
  assert.equal((await stage.stored(LOGIN)).email, 'noor.garde@example.be');
});

test('going on after the session ended leads to sign-in and back', async () => {
  await page.goto(stage.address('/my/profile'));
  await endSessions();
  await page.getByRole('link', { name: 'Sécurité du compte' }).click();
  await page.waitForURL(/\/web\/login\?redirect=%2Fmy%2Fprofile%2Fsecurity$/);
  await page.locator('input[name="login"]').fill(LOGIN);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/my\/profile\/security$/);
});

test('signing in again leads back to the same place in the list', async () => {
  await endSessions();
  await page.goto(stage.address('/settings/users?q=noor&archived=on&done=saved'));
  await page.waitForURL(/\/web\/login\?redirect=/);
  await page.locator('input[name="login"]').fill(LOGIN);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/settings\/users\?q=noor&archived=on$/);
});

for (const scripted of [true, false])
  test(`a form left open by one person is not saved for the next (scripts: ${scripted})`, async () => {
    const login = `els.${scripted}@example.be`;
    await stage.person({ login, name: 'Els Volgende' });
    const way = scripted ? ways[0]! : ways[2]!;
    const shared = await browser.newContext({ ...way.options, locale: 'fr-BE' });
    shared.setDefaultTimeout(15_000);
    const left = await shared.newPage();
    await signIn(left);
    if (scripted) await openProfile(left);
    else await left.goto(stage.address('/my/profile'));
    await email(left).fill('noor.partie@example.be');
    const other = await shared.newPage();
    await other.goto(stage.address('/web/session/logout'));
    await other.getByRole('button', { name: 'Se déconnecter' }).click();
    await signIn(other, login);
    await save(left);
    await left.getByText(/quelqu’un d’autre s’est connecté/).waitFor();
    assert.equal((await stage.stored(login)).email, login);
    if (scripted) assert.equal(await email(left).inputValue(), 'noor.partie@example.be');
    else assert.doesNotMatch(await left.content(), /noor\.partie/);
    await shared.close();
  });

test('the keyboard stays at the button that was pressed', async () => {
  await openProfile();
  await stage.chooseTimeZone(page, 'Europe/Oslo');
  const button = page.getByRole('button', { name: 'Enregistrer' });
  await button.focus();
  await button.press('Enter');
  await told(/enregistrées/);
  await until(() => button.evaluate((element) => element === document.activeElement));
});

test('a signature that is refused is led to and told', async () => {
  await openProfile();
  await page.locator('[contenteditable]').fill('long '.repeat(2_100));
  await email().focus();
  await save();
  await page.locator('#signature-wrong').waitFor();
  const box = page.locator('[contenteditable]');
  await until(() => box.evaluate((element) => element === document.activeElement));
  assert.equal(await box.getAttribute('aria-invalid'), 'true');
  assert.match((await box.getAttribute('aria-describedby')) ?? '', /signature-wrong/);
  assert.match((await box.getAttribute('aria-describedby')) ?? '', /signature-hint/);
});

test('with too many wrong passwords the box to prove it stays, and says how long to wait', async () => {
  await openProfile();
  await email().fill('noor.patience@example.be');
  await stage.ageProofs(LOGIN);
  const proof = page.locator('input[name="proof"]');
  await save();
  for (let i = 0; i < 5; i++) {
    await proof.fill('wrong');
    await proof.press('Enter');
    await page.locator('#proof-wrong').filter({ hasText: 'mot de passe' }).waitFor();
    await until(async () => (await page.locator('form[aria-busy]').count()) === 0);
  }
  await proof.fill(PASSWORD);
  await proof.press('Enter');
  await page.locator('#proof-wrong').filter({ hasText: '30' }).waitFor();
  assert.equal(await email().inputValue(), 'noor.patience@example.be');
});

for (const scripted of [true, false])
  test(`marking a message keeps one’s place among the older ones (scripts: ${scripted})`, async () => {
    const login = `griet.${scripted}@example.be`;
    const reader = await stage.person({ login, name: 'Griet' });
    for (let i = 0; i < 35; i++) await notify(reader, reader.person.id, 'welcome', {});
    const way = scripted ? ways[0]! : ways[2]!;
    const own = await browser.newContext({ ...way.options, locale: 'fr-BE' });
    own.setDefaultTimeout(15_000);
    const list = await own.newPage();
    await signIn(list, login);
    await list.goto(stage.address('/my/messages'));
    await list.getByRole('link', { name: 'Messages plus anciens' }).click();
    await list.waitForURL(/before=/);
    const second = list.locator('li.card').nth(1);
    const marked = await second.getAttribute('id');
    if (scripted) await list.waitForTimeout(400);
    await second.getByRole('button').click();
    await told(/marqué comme lu/, list);
    await list.waitForURL(/before=/);
    const row = list.locator(`#${marked}`);
    assert.equal(await row.getByRole('button').count(), 0);
    if (scripted)
      assert.equal(await row.evaluate((element) => element === document.activeElement), true);
    else assert.match(list.url(), new RegExp(`#${marked}$`));
    await own.close();
  });

test('a lost connection is told, and saving works again when it is back', async () => {
  await openProfile();
  await email().fill('noor.train@example.be');
  await context.setOffline(true);
  await save();
  await page
    .getByRole('alert')
    .filter({ hasText: /ne répond pas/ })
    .waitFor();
  await context.setOffline(false);
  await save();
  await told(/enregistrées/);
  assert.equal((await stage.stored(LOGIN)).email, 'noor.train@example.be');
});

test('a picture may be sent, refused and removed while the form below is half done', async () => {
  await openProfile();
  await email().fill('noor.moitie@example.be');
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
  const choose = page.locator('input[type="file"]');
  await choose.setInputFiles(file('lettre.png', Buffer.from('no picture')));
  await page.locator('#picture-wrong').waitFor();
  // The very file may be tried again: choosing it is a change once more.
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByText(/Ajouter une photo|Changer la photo/).click(),
  ]);
  assert.equal(await choose.evaluate((input: HTMLInputElement) => input.value), '');
  await chooser.setFiles([]);
  await choose.setInputFiles(file('énorme.png', Buffer.alloc(8 * 1024 * 1024 + 1)));
  await page.locator('#picture-wrong').filter({ hasText: '8' }).waitFor();
  const blue = { create: { width: 200, height: 300, channels: 3, background: 'blue' } } as const;
  await choose.setInputFiles(file('moi.png', await sharp(blue).png().toBuffer()));
  await told(/photo est enregistrée/);
  assert.match((await page.locator('main img').getAttribute('src')) ?? '', /^\/picture\/\d+\/1024/);
  await page.getByRole('button', { name: 'Retirer la photo' }).click();
  await told(/retirée/);
  assert.equal(await email().inputValue(), 'noor.moitie@example.be');
});

test('the time zone is found by typing, with the keyboard alone', async () => {
  await openProfile();
  const box = page.getByRole('combobox', { name: 'Fuseau horaire' });
  await box.focus();
  await box.press('ArrowDown');
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  await box.press('Escape');
  await box.fill('paris');
  await box.press('Enter');
  assert.match(await box.inputValue(), /^Europe\/Paris/);
  await page.getByRole('button', { name: 'Utiliser Europe/Brussels' }).click();
  assert.match(await box.inputValue(), /^Europe\/Brussels/);
  await box.fill('nulle part');
  await box.press('Tab');
  assert.match(await box.inputValue(), /^Europe\/Brussels/);
});

test('what the editor writes is rich, linked and clean', async () => {
  await openProfile();
  await page.locator('[contenteditable]').fill('Noor');
  await page.locator('[contenteditable]').press('ControlOrMeta+a');
  await page.getByRole('button', { name: 'Gras' }).click();
  await page.getByRole('button', { name: 'Lien' }).click();
  const address = page.getByLabel('Adresse du lien');
  await address.fill('javascript:alert(1)');
  await address.press('Enter');
  await page.getByText(/Ce n’est pas une adresse/).waitFor();
  await address.fill('samentier.example');
  await address.press('Enter');
  await save();
  await told(/enregistrées/);
  const { signature } = await stage.stored(LOGIN);
  assert.match(
    signature,
    /<a href="https:\/\/samentier\.example\/"[^>]*><strong>Noor<\/strong><\/a>/,
  );
});

test('a form refused before the scripts have come gets its editor all the same', async () => {
  await openProfile();
  const html = await page.locator('[contenteditable]').innerHTML();
  await context.route(/_app\/immutable/, (route) => route.abort());
  await page.goto(stage.address('/my/profile'));
  await email().fill('noor');
  await save();
  await page.locator('input[name="email"][aria-invalid="true"]').waitFor();
  assert.equal(await page.locator('[contenteditable]').count(), 0);
  await context.unroute(/_app\/immutable/);
  await email().fill('noor chez elle');
  await save();
  await page.locator('[contenteditable]').waitFor();
  assert.equal(await email().inputValue(), 'noor chez elle');
  assert.equal(await page.locator('[contenteditable]').innerHTML(), html);
});

test('without scripts a signature that was not touched stays rich', async () => {
  const before = (await stage.stored(LOGIN)).signature;
  assert.match(before, /<strong>/);
  const plain = await browser.newContext({ ...ways[2]!.options, locale: 'fr-BE' });
  const bare = await plain.newPage();
  await signIn(bare);
  await bare.goto(stage.address('/my/profile'));
  await bare.getByLabel('Recevoir par e-mail').check();
  await save(bare);
  await told(/enregistrées/, bare);
  assert.equal((await stage.stored(LOGIN)).signature, before);
  await plain.close();
});

test('the meter says how strong a password is while it is typed', async () => {
  await page.goto(stage.address('/my/profile/security'));
  const strength = page.locator('#password-strength');
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('noor peeters');
  await strength.locator('strong', { hasText: 'Très faible' }).waitFor();
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('sept bus verts dansent');
  await strength.locator('strong', { hasText: 'Très fort' }).waitFor();
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('');
  await strength.locator('strong').waitFor({ state: 'hidden' });
});

test('a to-do pressed twice is added once, done, undone and deleted', async () => {
  await page.goto(stage.address('/my/todos'));
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.locator('#title-wrong').waitFor();
  await page.getByLabel('Que faut-il faire').fill('Acheter du pain');
  await page.getByRole('button', { name: 'Ajouter' }).dblclick();
  const row = page.locator('li').filter({ hasText: 'Acheter du pain' });
  await row.getByRole('button', { name: /^Fait/ }).click();
  await row.getByRole('button', { name: /^Pas encore fait/ }).click();
  await row.getByRole('button', { name: /^Supprimer/ }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await row.count(), 0);
});

test('a language in use cannot be removed, and the page says by how many', async () => {
  await page.goto(stage.address('/settings/languages'));
  const row = (code: string) => page.getByRole('row').filter({ hasText: code });
  await row('nl_NL').getByRole('button').click();
  await told(/Nederlands/);
  await page.getByRole('link', { name: 'Ajouter des langues' }).click();
  await page.locator('[name="code-nl_NL"]').check();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByRole('button', { name: /Nederlands/ }).click();
  await page.waitForURL(/\/settings\/languages$/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'nl-NL');
  await row('nl_NL').getByRole('button').click();
  await page.getByRole('alert').filter({ hasText: '1' }).waitFor();
});
