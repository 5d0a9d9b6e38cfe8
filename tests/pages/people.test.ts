// What an administrator does for people: links sent, copied and printed, passwords set by hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium, sidewaysBy, ways, type Way } from '../chromium.ts';
import { giveByHand } from '#server/passwords/by-hand.ts';
import { Visitor } from '../browserless.ts';
import { asMember, PASSWORD } from '../world.ts';
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

/** A photo as a telephone takes it: half a megabyte and more. */
async function photo(): Promise<Buffer> {
  const noise = Buffer.from(Uint8Array.from({ length: 900 * 900 * 3 }, () => Math.random() * 256));
  return sharp(noise, { raw: { width: 900, height: 900, channels: 3 } })
    .jpeg()
    .toBuffer();
}

for (const way of [ways[0]!, ways[2]!])
  test(`a photo of ordinary size is kept, a film is refused and nothing typed is lost (${way.name})`, () =>
    signedIn(way, async (page) => {
      const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });
      const [taken, film] = [await photo(), Buffer.alloc(12 * 1024 * 1024)];
      assert.ok(taken.length > 256 * 1024, String(taken.length));
      const scripted = way === ways[0];
      await open(page, `/settings/users/${marie}`);
      await page.locator('#picture').setInputFiles(file('moi.jpg', taken));
      await page.getByRole('button', { name: 'Enregistrer' }).first().click();
      await page.waitForURL(/done=saved/);
      const shown = page.locator('main img').first();
      assert.match((await shown.getAttribute('src'))?.slice(0, 20) ?? '', /^data:image\/webp/);
      await open(page, `/settings/users/${marie}`);
      await page.getByLabel('Prénom').fill('Marie-Anne');
      await page.locator('#picture').setInputFiles(file('film.jpg', film));
      await page.getByRole('button', { name: 'Enregistrer' }).first().click();
      await page.getByText(/trop volumineux/).waitFor();
      if (scripted) assert.equal(await page.getByLabel('Prénom').inputValue(), 'Marie-Anne');
    }));

test('files are taken from those who signed in alone, and never without end', async () => {
  const visitor = new Visitor(new URL(stage.address('/')).origin);
  const form = (length: number) => {
    const data = new FormData();
    data.set('login', NOOR);
    data.set('picture', new Blob([new Uint8Array(length)]), 'moi.jpg');
    return visitor.send(`/web/login?db=${stage.caller.tenant.name}`, {
      method: 'POST',
      headers: { origin: visitor.base, 'sec-fetch-site': 'same-origin' },
      body: data,
    });
  };
  assert.equal((await form(1_000)).status, 401);
  for (const size of [200_000, 12_000_000]) {
    const answer = await form(size);
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /trop volumineux|too large/);
  }
});

const GIVEN = 'zeven groene bussen dansen';
const OWN = 'acht gele treinen lachen';

/** Signs in with the password in a browser of this way. */
async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[name="password"]').press('Enter');
}

for (const way of ways) {
  test(`passwords are set by hand for two, and the first of them chooses another (${way.name})`, async () => {
    const logins = [1, 2].map((nth) => `hand${nth}-${ways.indexOf(way)}@example.be`);
    const ids: number[] = [];
    for (const login of logins)
      ids.push((await stage.person({ login, name: `Main ${login}` })).person.id);
    await signedIn(way, async (page) => {
      await open(page, `/settings/users?q=-${ways.indexOf(way)}%40example`);
      for (const login of logins)
        await page.getByRole('checkbox', { name: `Sélectionner Main ${login}` }).check();
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('button', { name: 'Modifier le mot de passe' }).click();
      await page.getByText(/sert à une seule connexion/).waitFor();
      if (await scripted(page)) await page.waitForTimeout(400);
      const box = (nth: number) => page.locator(`input[name="password-${ids[nth]}"]`);
      await box(0).fill(GIVEN);
      await box(1).fill('kort');
      await page.getByRole('button', { name: 'Modifier le mot de passe' }).click();
      await page.locator(`#password-${ids[1]}-wrong`).waitFor();
      // With scripts nothing is lost; the server never sends a password back.
      const kept = await scripted(page);
      assert.equal(await box(0).inputValue(), kept ? GIVEN : '');
      await box(0).fill(GIVEN);
      await box(1).fill(GIVEN);
      await page.getByRole('button', { name: 'Modifier le mot de passe' }).click();
      await told(page, /2 mots de passe sont modifiés/);
    });
    const context = await browser.newContext({ ...way.options, locale: 'fr-BE' });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await enter(page, logins[0]!, GIVEN);
    await page.waitForURL(/\/web\/new_password$/);
    for (const path of ['/home', '/my/profile', '/settings/users', '/my/messages']) {
      await page.goto(stage.address(path));
      await page.waitForURL(/\/web\/new_password$/);
    }
    const choose = async (password: string) => {
      await page.locator('input[name="password"]').fill(password);
      await page.locator('input[name="repeated"]').fill(password);
      await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
    };
    await choose(GIVEN);
    await page.locator('#password-wrong').waitFor();
    assert.equal(await sidewaysBy(page).catch(() => 0), 0);
    await choose(OWN);
    await page.waitForURL(/\/home/);
    await open(page, '/my/profile');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await context.close();
  });

  test(`a link is made to hand on, shown once, and followed (${way.name})`, () =>
    signedIn(way, async (page) => {
      await open(page, `/settings/users/${mute}`);
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('link', { name: 'Copier un lien' }).click();
      await page.getByRole('heading', { level: 1, name: 'Copier un lien' }).waitFor();
      if (await scripted(page)) await page.waitForTimeout(400);
      await page.getByRole('button', { name: 'Créer le lien' }).click();
      await page.getByRole('img', { name: /Code QR/ }).waitFor();
      const address = await page.locator('textarea').inputValue();
      assert.equal(await sidewaysBy(page).catch(() => 0), 0);
      const { pathname, search } = new URL(address);
      assert.match(pathname + search, /^\/web\/signup\?db=.+&token=[\w-]{43}$/);
      const other = await (await browser.newContext(way.options)).newPage();
      await other.goto(stage.address(pathname + search));
      await other.locator('input[name="repeated"]').waitFor();
      await other.context().close();
      await open(page, `/settings/users/${mute}/link`);
      assert.equal(await page.locator('textarea').count(), 0);
    }));
}

test('why somebody may or may not is told from their form', () =>
  signedIn(
    ways[2]!,
    async (page) => {
      await open(page, `/settings/users/${marie}`);
      await page.locator('summary', { hasText: 'Action' }).click();
      await page.getByRole('link', { name: /^Pourquoi/ }).click();
      await page.locator('select[name="model"]').selectOption('res.partner');
      await page.getByRole('button', { name: 'Expliquer' }).click();
      await page.getByRole('heading', { level: 3, name: /Lire.*Oui/ }).waitFor();
      await page.getByRole('heading', { level: 3, name: /Créer.*Non/ }).waitFor();
      await page.locator('input[name="record"]').fill('x');
      await page.getByRole('button', { name: 'Expliquer' }).click();
      await page.locator('#record-wrong').waitFor();
    },
    'eric@example.be',
  ));

test('access letters come as a file, to those who may', async () => {
  const visitor = new Visitor(new URL(stage.address('/')).origin);
  await visitor.signIn(stage.caller.tenant.name, 'eric@example.be', PASSWORD);
  const print = (id: number) =>
    visitor.post('/settings/users/letters/pdf', { [`pick-${id}`]: 'on' });
  const answer = await print(mute);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.match((await answer.text()).slice(0, 8), /^%PDF-1/);
  const { db, tenant } = stage.caller;
  const noor = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('login', '=', NOOR)
    .executeTakeFirstOrThrow();
  assert.equal((await print(noor.id)).status, 403);
  for (const path of ['passwords?pick-', 'letters?pick-', ''])
    assert.equal(
      (await visitor.get(`/settings/users/${path}${noor.id}=on`)).status,
      path ? 403 : 404,
    );
  assert.equal((await visitor.get(`/settings/users/${noor.id}/link`)).status, 403);
  for (const [path, fields] of [
    [`send?pick-${noor.id}=on`, {}],
    [`passwords?pick-${noor.id}=on`, { [`password-${noor.id}`]: GIVEN }],
    [`${noor.id}/link`, {}],
    [`${noor.id}?/sendLinks`, {}],
  ] as const)
    assert.equal((await visitor.post(`/settings/users/${path}`, fields)).status, 403, path);
});

test('with a password that somebody else chose programs are refused, and the session too', async () => {
  const login = 'robot@example.be';
  const { person } = await stage.person({ login, name: 'Robot' });
  const noor = await asMember(stage.caller, NOOR);
  await giveByHand(noor, [{ id: person.id, password: GIVEN }]);
  const base = new URL(stage.address('/')).origin;
  const post = async (path: string, params: unknown) => {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params }),
    });
    return (await answer.json()) as { error?: { data: { message: string } }; result?: unknown };
  };
  const db = stage.caller.tenant.name;
  const read = ['res.users', 'read', [[person.id], ['name']]];
  const call = (password: string) =>
    post('/jsonrpc', {
      ...{ service: 'object', method: 'execute_kw' },
      args: [db, person.id, password, ...read],
    });
  assert.match((await call(GIVEN)).error!.data.message, /administrat/);
  const opened = await post('/web/session/authenticate', { db, login, password: GIVEN });
  assert.match(opened.error!.data.message, /administrat/);
  const visitor = new Visitor(base);
  await visitor.signIn(db, login, GIVEN);
  for (const path of [
    '/my/profile?/save',
    '/my/profile/security?/change',
    '/records/res.partner/names',
  ]) {
    const answer = await visitor.post(path, {});
    assert.equal(answer.headers.get('location'), '/web/new_password', path);
  }
  assert.equal((await visitor.post('/web/session/logout', {})).status, 303);
});

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
