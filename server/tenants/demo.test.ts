// The invented co-operative: who is in it, and that it is whole, the same every time, and harmless.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { loadedLanguages } from '#server/languages/load.ts';
import { cleanSignature } from '#server/preferences/signature.ts';
import { canonicalTimeZone } from '#server/preferences/time-zones.ts';
import { frameIn, readFrame, type SiteLink } from '#server/site/frame.ts';
import { ACCESS_RIGHTS, INTERNAL, PORTAL, SETTINGS, type Caller } from '#server/store/caller.ts';
import { createTenant } from './create.ts';
import { demoPartners } from './demo-partners.ts';
import { demoPeople } from './demo-people.ts';
import { demoSite } from './demo-site.ts';
import { DEMO_LOGIN, fillDemo } from './demo.ts';

const NOW = new Date('2026-03-10T09:30:00Z');
const shown = ['en_US', 'fr_BE', 'nl_BE', 'de_DE'];

let world: World;
let caller: Caller;

async function makeDemo(title = 'Samentier'): Promise<Caller> {
  const { tenant } = await createTenant(
    world.store,
    {
      name: `d-${randomBytes(6).toString('hex')}`,
      title,
      language: 'fr_BE',
      administrator: { login: 'admin', name: 'Anne Administratrice' },
    },
    (inside) => fillDemo({ ...inside, now: () => NOW }),
  );
  const system = {
    person: null,
    language: 'fr_BE',
    timeZone: 'Europe/Brussels',
    address: '',
    userAgent: '',
  };
  return { ...system, tenant, db: world.store.tenant(tenant.id), now: () => NOW };
}

before(async () => {
  world = await openWorld();
  caller = await makeDemo();
});
after(() => world.close());

async function peopleOf({ db, tenant }: Caller) {
  return db
    .selectFrom('users as u')
    .innerJoin('partners as p', (on) =>
      on.onRef('p.tenant', '=', 'u.tenant').onRef('p.id', '=', 'u.partner_id'),
    )
    .selectAll('p')
    .select(['u.id as user_id', 'u.login', 'u.password_hash', 'u.notification_type'])
    .select(['u.signature', 'u.active as user_active', 'u.last_sign_in_at'])
    .select('u.created_at as added_at')
    .where('u.tenant', '=', tenant.id)
    .orderBy('u.login')
    .execute();
}

async function loginsIn({ db, tenant }: Caller, group: string): Promise<string[]> {
  const rows = await db
    .selectFrom('group_users as m')
    .innerJoin('groups as g', (on) =>
      on.onRef('g.tenant', '=', 'm.tenant').onRef('g.id', '=', 'm.group_id'),
    )
    .innerJoin('users as u', (on) =>
      on.onRef('u.tenant', '=', 'm.tenant').onRef('u.id', '=', 'm.user_id'),
    )
    .select('u.login')
    .where('m.tenant', '=', tenant.id)
    .where('g.external_id', '=', group)
    .orderBy('u.login')
    .execute();
  return rows.map(({ login }) => login);
}

test('sixty people: two administrators, employees and volunteers, and portal members', async () => {
  assert.equal((await peopleOf(caller)).length, 60);
  assert.deepEqual(await loginsIn(caller, SETTINGS), ['admin', DEMO_LOGIN]);
  assert.deepEqual(await loginsIn(caller, ACCESS_RIGHTS), ['admin', DEMO_LOGIN]);
  assert.equal((await loginsIn(caller, INTERNAL)).length, 2 + 10 + 26);
  assert.equal((await loginsIn(caller, PORTAL)).length, 22);
  const roles = Object.groupBy(demoPeople, ({ role }) => role);
  assert.deepEqual(
    [roles.employee?.length, roles.volunteer?.length, roles.member?.length],
    [10, 26, 22],
  );
});

test('five are archived, ten never connected, and nobody has a password', async () => {
  const people = await peopleOf(caller);
  const archived = people.filter(({ user_active }) => !user_active);
  assert.equal(archived.length, 5);
  assert.ok(archived.every(({ active }) => !active));
  assert.equal(people.filter(({ last_sign_in_at }) => last_sign_in_at === null).length, 10);
  assert.ok(people.every(({ password_hash }) => password_hash === null));
});

test('names are of many kinds, and everybody has a name and login of their own', async () => {
  const people = await peopleOf(caller);
  assert.equal(new Set(people.map(({ name }) => name)).size, 60);
  for (const kind of [/^\S+$/u, /-/, /’/, /\b(van|von|de la) /, /[ïéüßŁễ]/u])
    assert.ok(
      people.some(({ name }) => kind.test(name)),
      String(kind),
    );
});

test('nobody can be reached: addresses end in .example, numbers were never given out', async () => {
  for (const { email, login, phone, mobile } of await peopleOf(caller)) {
    if (login !== 'admin') assert.match(login, /^[a-z]+\.[a-z]+$|^[a-z.]+@([a-z]+\.)+example$/);
    if (email) assert.match(email, /\.example$/);
    if (phone) assert.match(phone, /^\+32 2 000 10 \d\d$/);
    if (mobile) assert.match(mobile, /^\+32 400 00 10 \d\d$/);
  }
});

test('there are organisations with labels, an address and somebody to ask for', async () => {
  const { db, tenant } = caller;
  const organisations = await db
    .selectFrom('partners as p')
    .selectAll()
    .select((of) => [
      of
        .selectFrom('partner_category_partners as l')
        .select((count) => count.fn.countAll<string>().as('many'))
        .whereRef('l.tenant', '=', 'p.tenant')
        .whereRef('l.partner_id', '=', 'p.id')
        .as('labels'),
    ])
    .where('p.tenant', '=', tenant.id)
    .where('p.is_company', '=', true)
    .orderBy('p.id')
    .execute();
  const [own, ...others] = organisations;
  assert.equal(own!.city, 'Bruxelles');
  assert.equal(others.length, demoPartners.length);
  for (const { street, zip, city, country_id, email, phone, labels } of others) {
    assert.ok(street && zip && city && country_id && Number(labels) > 0);
    assert.match(email!, /\.example$/);
    assert.match(phone!, /^\+32 2 000 10 \d\d$/);
  }
  const contacts = await db
    .selectFrom('partners')
    .select(['name', 'complete_name', 'parent_id', 'commercial_partner_id'])
    .where('tenant', '=', tenant.id)
    .where('parent_id', 'is not', null)
    .execute();
  assert.equal(contacts.length, demoPartners.length);
  for (const { name, complete_name, parent_id, commercial_partner_id } of contacts) {
    assert.equal(commercial_partner_id, parent_id);
    assert.ok(complete_name.endsWith(`, ${name}`));
  }
});

test('what is stored is what the preferences would accept', async () => {
  const loaded = await loadedLanguages(caller);
  assert.deepEqual([...loaded].sort(), [...shown].sort());
  const portal = new Set(await loginsIn(caller, PORTAL));
  const people = await peopleOf(caller);
  for (const { language, time_zone, signature, notification_type, login } of people) {
    assert.ok(language === null || loaded.includes(language), login);
    assert.ok(time_zone === null || canonicalTimeZone(time_zone), login);
    assert.equal(await cleanSignature(signature), signature);
    if (portal.has(login)) assert.equal(notification_type, 'email');
  }
  for (const code of shown)
    assert.ok(
      people.some(({ language }) => language === code),
      code,
    );
});

test('sign-ins lie between a person’s first day and now, and the last is noted', async () => {
  const { db, tenant } = caller;
  const rows = await db
    .selectFrom('sign_ins')
    .select([
      'user_id',
      (of) => of.fn.max('created_at').as('last'),
      (of) => of.fn.min('created_at').as('first'),
    ])
    .where('tenant', '=', tenant.id)
    .groupBy('user_id')
    .execute();
  const signedIn = (await peopleOf(caller)).filter(({ last_sign_in_at }) => last_sign_in_at);
  assert.equal(rows.length, signedIn.length);
  for (const { user_id, last_sign_in_at, added_at } of signedIn) {
    const { first, last } = rows.find((row) => row.user_id === user_id)!;
    assert.deepEqual(last, last_sign_in_at);
    assert.ok(first >= added_at && last <= NOW);
  }
});

test('the first administrator finds to-dos and a notice, in the language of the database', async () => {
  const { db, tenant } = caller;
  const { id } = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .where('login', '=', 'admin')
    .executeTakeFirstOrThrow();
  const todos = await db
    .selectFrom('todos')
    .select(['title', 'due_on'])
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', id)
    .where('done_at', 'is', null)
    .orderBy('due_on')
    .execute();
  assert.deepEqual(todos, [
    { title: 'Accueillir les nouveaux membres du mois', due_on: '2026-03-17' },
    { title: 'Préparer l’assemblée générale', due_on: '2026-03-31' },
    { title: 'Vérifier qui est encore administrateur', due_on: null },
  ]);
  const notices = await db
    .selectFrom('notices')
    .select('kind')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', id)
    .where('read_at', 'is', null)
    .execute();
  assert.deepEqual(notices, [{ kind: 'welcome' }]);
});

const labels = (links: SiteLink[]): string[] => links.map(({ label }) => label);

test('the public frame has the menu and footer that visitors know', async () => {
  const frame = frameIn(await readFrame(caller), 'fr_BE', 'fr_BE');
  assert.equal(frame.companyName, 'Samentier');
  assert.equal(frame.colour, '#2f6b3a');
  const wanted = [
    ['Site web', 'Boutique', 'Accès pour notre clientèle', 'Documents'],
    'Devenir coopérateur (personne physique)',
  ].flat();
  assert.deepEqual(labels(frame.header).slice(-5), wanted);
  const dropDown = frame.header.at(-3)!;
  assert.equal(dropDown.href, null);
  assert.equal(dropDown.children.length, 3);
  const all = [...frame.header.slice(-5), ...frame.footer, ...dropDown.children];
  assert.ok(all.every((link) => link === dropDown || link.href));
  assert.deepEqual(labels(frame.footer), [
    'Conditions d’utilisation',
    'Politique de protection de la vie privée',
    'Mentions légales',
  ]);
});

test('the site is written in every language, in the few elements that pages have', () => {
  const { entries, pages } = demoSite;
  const texts = [
    ...entries.flatMap(({ label, children = [] }) => [label, ...children.map((one) => one.label)]),
    ...pages.flatMap(({ title, body }) => [title, body]),
  ];
  for (const text of texts) {
    assert.deepEqual(Object.keys(text), shown);
    assert.ok(Object.values(text).every((words) => words.trim() !== ''));
  }
  for (const { body, slug } of pages) {
    const skeletons = Object.values(body).map((html) => html.match(/<\/?\w+/g)!.join(''));
    assert.equal(new Set(skeletons).size, 1, slug);
    for (const html of Object.values(body)) {
      assert.doesNotMatch(html, /<(?!\/?(h2|p|ul|li)>|a href="(https|mailto|tel):[^"<>]+">|\/a>)/);
      assert.doesNotMatch(html, /[A-Za-zéà] [:;!?]/, slug);
    }
  }
  const slugs = pages.map(({ slug }) => slug);
  const wanted = entries.flatMap(({ page, children = [] }) => [
    page,
    ...children.map((one) => one.page),
  ]);
  assert.ok(wanted.every((page) => page === undefined || slugs.includes(page)));
});

test('the tenant’s own title stands in its pages, as text', async () => {
  const { db, tenant } = await makeDemo('Pots & <b>Cie</b> $&');
  const pages = await db
    .selectFrom('site_pages')
    .select('body')
    .where('tenant', '=', tenant.id)
    .where('slug', '=', 'mentions-legales')
    .execute();
  assert.match(
    (pages[0]!.body as Record<string, string>).nl_BE!,
    /^<p>Pots &amp; &lt;b&gt;Cie&lt;\/b&gt; \$&amp; is een verzonnen coöperatie/,
  );
});

test('two of them on the same day are alike', async () => {
  const other = await makeDemo();
  const facts = async (one: Caller) =>
    (await peopleOf(one))
      .filter(({ login }) => login !== 'admin')
      .map((person) => ({ ...person, id: 0, tenant: 0, user_id: 0, commercial_partner_id: 0 }));
  assert.deepEqual(await facts(other), await facts(caller));
});
