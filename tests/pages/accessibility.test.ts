// axe (WCAG 2.2 AA) on every page in every shipped language; the languages take turns at a desk in
// the light and on a phone in the dark, so that each pair of sisters has seen both.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { known } from '#server/languages/known.ts';
import { localeTag } from '#locales/words.ts';
import { fillDemo } from '#server/tenants/demo.ts';
import { openChromium, sidewaysBy, ways } from '../chromium.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;
let axe: string;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  [browser, stage] = await Promise.all([openChromium(), openStage()]);
  await fillDemo(stage.caller);
  const { db, tenant } = stage.caller;
  const [group] = await db
    .selectFrom('groups')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('external_id', '=', 'base.group_user')
    .execute();
  inside.push(`/settings/groups/${group!.id}`);
  const { person } = await stage.person({ login: 'seen@axe.example', name: 'Aïcha Vue' });
  inside.push(
    `/settings/users/${person.id}`,
    `/settings/users/delete?pick-${person.id}=on`,
    `/settings/users/send?pick-${person.id}=on`,
    `/settings/users/passwords?pick-${person.id}=on`,
    `/settings/users/letters?pick-${person.id}=on`,
    `/settings/users/${person.id}/link`,
    `/settings/users/${person.id}/why?model=res.partner&record=${person.partnerId}`,
    `/records/res.partner/${person.partnerId}`,
  );
  for (const { code } of known)
    await stage.person({
      login: `${code}@axe.example`,
      name: 'Hélène van der Straeten',
      language: code,
      groups: ['base.group_system'],
    });
  await stage.person({ login: 'portal@axe.example', name: 'Portia', portal: true });
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

const outside = [
  '/',
  '/web/login',
  '/web/reset_password',
  '/web/reset_password?told=sent',
  '/web/reset_password?token=x',
  '/web/signup?token=x',
  '/web/confirm_address?token=x',
  '/web/undo_address?token=x',
  '/web/session/logout',
  '/nowhere',
  '/web/database/selector',
];
const inside = [
  '/home',
  '/my/profile',
  '/my/profile/security',
  '/my/profile/security/api-keys/new',
  '/my/messages',
  '/my/todos',
  '/settings',
  '/settings/technical/api-keys',
  '/settings/technical/mail-templates',
  '/settings/technical/mail-templates/invitation/fr_BE',
  '/doc',
  '/doc/res.users',
  '/settings/languages',
  '/settings/languages/add',
  '/settings/users',
  '/settings/users?filter=portal&q=nobody',
  '/settings/users/new',
  '/settings/links',
  '/settings/groups',
  '/settings/companies',
  '/settings/technical/models',
  '/settings/technical/access-rights',
  '/settings/technical/record-rules',
  '/records/res.partner',
  '/records/res.country/20',
  '/nowhere',
];
const portal = ['/my', '/my/profile', '/my/profile/security', '/my/messages', '/settings'];

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/** What axe finds on the page that is open, one line each. */
async function findings(page: Page): Promise<string[]> {
  // evaluate runs outside the page's content security policy.
  await page.evaluate(axe);
  const violations = await page.evaluate<Finding[]>(`axe.run(document, { runOnly: { type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    resultTypes: ['violations'], preload: false })
    .then(({ violations }) => violations)`);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 2)
        .map(({ html, any }) => `${html.slice(0, 140)} (${any[0]?.message ?? ''})`)
        .join(' | ')}`,
  );
}

async function walk(
  page: Page,
  paths: string[],
  where: string,
  language?: string,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const path of paths) {
    await page.goto(stage.address(path), { waitUntil: 'load' });
    // Pages behind the door wake up after they are drawn.
    await page.locator('html[data-enhanced]').waitFor({ state: 'attached' });
    for (const finding of await findings(page)) wrong.push(`${where} ${path}: ${finding}`);
    const sideways = await sidewaysBy(page);
    if (sideways > 0) wrong.push(`${where} ${path}: sticks out by ${sideways} px`);
    const lang = await page.locator('html').getAttribute('lang');
    if (language && lang !== localeTag(language)) wrong.push(`${where} ${path}: lang is ${lang}`);
    if (!(await page.title()).trim()) wrong.push(`${where} ${path}: no title`);
    if ((await page.locator('h1').count()) !== 1) wrong.push(`${where} ${path}: not one h1`);
  }
  return wrong;
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(stage.address('/web/login'));
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/(home|my)$/);
}

for (const [nth, { code }] of known.entries())
  test(`nothing is found on any page in ${code}`, { timeout: 180_000 }, async () => {
    const way = ways[nth % 2]!;
    const colorScheme = nth % 2 ? 'dark' : 'light';
    const where = `${way.name}, ${colorScheme}`;
    const context = await browser.newContext({
      ...way.options,
      colorScheme,
      locale: localeTag(code),
    });
    const page = await context.newPage();
    const wrong = await walk(page, outside, where, code);
    await signIn(page, `${code}@axe.example`);
    wrong.push(...(await walk(page, inside, where, code)));
    await context.close();
    assert.deepEqual(wrong, []);
  });

test('nothing is found on the pages of portal people, and settings are not theirs', async () => {
  const context = await browser.newContext({ ...ways[1]!.options, locale: 'fr-BE' });
  const page = await context.newPage();
  await signIn(page, 'portal@axe.example');
  assert.deepEqual(await walk(page, portal, 'portal'), []);
  const answer = await page.goto(stage.address('/settings'));
  assert.equal(answer?.status(), 403);
  await context.close();
});

test('open menus are sound too', async () => {
  const context = await browser.newContext({ ...ways[0]!.options, locale: 'fr-BE' });
  const page = await context.newPage();
  await signIn(page, 'fr_BE@axe.example');
  const menus = page.locator('summary').filter({ visible: true });
  for (let i = 0; i < (await menus.count()); i++) {
    await menus.nth(i).click();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('details[open]').count(), 0, 'Escape closes a menu');
  }
  await context.close();
});
