// The sign-in page is drawn once for all who would see the same, and never for anybody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor } from '../browserless.ts';
import { until } from '../server.ts';
import { PASSWORD } from '../world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
  await stage.person({ login: 'marie@example.be', name: 'Marie Lambert' });
});
after(() => stage?.close());

async function door(query = '', headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(stage.address('/web/login'));
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
  return fetch(url, { headers, redirect: 'manual' });
}
const words = async (answer: Response) => (await answer.text()).replaceAll(/\s+/g, ' ');

test('a second visitor gets the same page with all its headers', async () => {
  const [first, second] = [await door(), await door()];
  assert.equal(second.status, 200);
  assert.equal(await words(first), await words(second));
  for (const name of [
    ...['content-security-policy', 'cache-control', 'content-language', 'vary', 'content-type'],
    ...['x-frame-options', 'set-cookie'],
  ])
    assert.equal(second.headers.get(name), first.headers.get(name), name);
  assert.match(second.headers.get('set-cookie') ?? '', /huis_database=.*HttpOnly; SameSite=Lax/);
});

test('each language and each query has its own', async () => {
  assert.match(await words(await door('', { 'accept-language': 'nl-BE' })), /Aanmelden/);
  assert.match(await words(await door('', { 'accept-language': 'fr-BE' })), /Se connecter/);
  assert.match(await words(await door('login=a%40b.be')), /value="a@b\.be"/);
  assert.doesNotMatch(await words(await door()), /a@b\.be/);
});

test('a new name of the co-operative is on it within a moment', async () => {
  const { db, tenant } = stage.caller;
  await words(await door());
  await db
    .updateTable('companies')
    .set({ name: 'Les Grands Pots' })
    .where('tenant', '=', tenant.id)
    .execute();
  await until(async () => (await words(await door())).includes('Les Grands Pots'), 5);
});

test('whoever is signed in is led on, and a refusal is nobody else’s', async () => {
  const visitor = new Visitor(new URL(stage.address('/')).origin);
  const { name } = stage.caller.tenant;
  assert.equal((await visitor.signIn(name, 'marie@example.be', 'wrong')).status, 401);
  assert.doesNotMatch(await words(await door()), /role="alert"/);
  assert.equal((await visitor.signIn(name, 'marie@example.be', PASSWORD)).status, 303);
  assert.equal((await visitor.get(`/web/login?db=${name}`)).status, 303);
  assert.equal((await door()).status, 200);
});
