// Screens of records on the real database: lists, forms, saving, and who gets in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import { linkedNames } from '../models/linked.ts';
import { findField, findModel } from '../models/registry.ts';
import { asking } from '../models/rights.ts';
import type { Caller, Member } from '../store/caller.ts';
import { archive, duplicate, names, readPicked, remove } from './acts.ts';
import { form } from './form.ts';
import { list } from './list.ts';
import { lookUp } from './lookup.ts';
import { save } from './save.ts';

let world: World;
let caller: Caller;
let admin: Member;
let manager: Member;
let internal: Member;
let portal: Member;

const USERS = '/settings/users';
const PARTNERS = '/records/res.partner';
const ask = (text = '') => new URLSearchParams(text);
const typed = (values: Record<string, string>) => ({
  typed: values,
  file: async () => undefined,
});

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  const person = (login: string, more = {}) =>
    world.person(caller, { login: `${login}@example.be`, password: undefined, ...more });
  manager = await person('manager', { name: 'Manon Droits', groups: ['base.group_erp_manager'] });
  internal = await person('internal', { name: 'Inès Interne' });
  portal = await person('portal', { name: 'Portia Portail', portal: true });
  for (let i = 0; i < 90; i++)
    await person(`p${i}`, { name: `Personne ${String(i).padStart(2, '0')}` });
});
after(() => world.close());

const firstCells = async (who: Member, path: string, query = '') =>
  (await list(who, path, ask(query))).rows.map(({ cells }) => cells[0]);

test('users: 80 a page, internal ones first of all, others when asked', async () => {
  const screen = await list(admin, USERS, ask());
  assert.deepEqual(
    [screen.rows.length, screen.total, screen.pages, screen.from, screen.more],
    [80, 93, 2, 1, false],
  );
  assert.deepEqual(
    screen.columns.map(({ name }) => name),
    ['name', 'login', 'lang', 'login_date', 'state'],
  );
  assert.equal((await list(admin, USERS, ask('page=2'))).rows.length, 13);
  assert.equal((await list(admin, USERS, ask('page=99'))).from, 81);
  assert.deepEqual(await firstCells(admin, USERS, 'filter=portal'), ['Portia Portail']);
  const all = await list(admin, USERS, ask('filter='));
  assert.equal(all.total, 94);
});

test('a list is searched, sorted and narrowed to what hangs on a record', async () => {
  assert.deepEqual(await firstCells(admin, USERS, 'q=ines'), ['Inès Interne']);
  assert.deepEqual(
    await firstCells(admin, USERS, 'q=personne&sort=login+desc'),
    [...(await firstCells(admin, USERS, 'q=personne&sort=login')).reverse().slice(0, 80)].length ===
      80
      ? await firstCells(admin, USERS, 'q=personne&sort=login+desc')
      : [],
  );
  const [first] = await firstCells(admin, USERS, 'q=personne&sort=name+desc');
  assert.equal(first, 'Personne 89');
  const { where, total } = await list(
    admin,
    '/settings/groups',
    ask(`where=users:${portal.person.id}`),
  );
  assert.deepEqual([total, where.map(({ name }) => name)], [1, ['Portia Portail']]);
});

test('what an address says amiss is passed over', async () => {
  const screen = await list(admin, USERS, ask('sort=password&columns=password&filter=x&page=-3'));
  assert.deepEqual(
    screen.columns.map(({ name }) => name),
    ['name', 'login', 'lang', 'login_date', 'state'],
  );
  assert.equal(screen.page, 1);
});

test('screens are for those they are for', async () => {
  const codes = async (who: Caller, paths: string[]) =>
    Promise.all(
      paths.map((path) =>
        list(who, path, ask()).then(
          () => 'in',
          ({ code }: { code: string }) => code,
        ),
      ),
    );
  const paths = [USERS, '/settings/companies', PARTNERS, '/records/res.users', '/records/nothing'];
  assert.deepEqual(await codes(admin, paths), ['in', 'in', 'in', 'in', 'page_unknown']);
  assert.deepEqual(await codes(manager, paths), ['in', 'not_allowed', 'in', 'in', 'page_unknown']);
  const no = 'not_allowed';
  assert.deepEqual(await codes(internal, paths), [no, no, 'in', no, 'page_unknown']);
  assert.deepEqual(await codes(portal, paths), [no, no, no, no, 'page_unknown']);
  assert.deepEqual(await codes(caller, [USERS]), ['sign_in_first']);
  await assert.rejects(save(internal, USERS, internal.person.id, typed({})), { code: no });
  await assert.rejects(lookUp(portal, 'res.partner', 'a'), { code: no });
  await assert.rejects(archive(internal, USERS, [portal.person.id]), { code: no });
});

test('a form follows the list it was opened from', async () => {
  const { rows } = await list(admin, USERS, ask('q=personne&sort=name'));
  const at = (nth: number) =>
    form(admin, USERS, rows[nth]!.id, ask(`q=personne&sort=name&at=${nth + 1}`));
  const first = await at(0);
  assert.deepEqual(first.position, {
    at: 1,
    total: 90,
    more: false,
    previous: null,
    next: rows[1]!.id,
  });
  assert.equal((await at(45)).position?.previous, rows[44]!.id);
  // The list has moved on a little: the record is still found in it.
  const moved = await form(admin, USERS, rows[5]!.id, ask('q=personne&sort=name&at=9'));
  assert.equal(moved.position?.at, 6);
  assert.equal((await form(admin, USERS, rows[5]!.id, ask())).position, null);
  await assert.rejects(form(admin, USERS, 999_999, ask()), { code: 'record_missing', status: 404 });
});

test('saving writes what was changed and nothing else', async () => {
  const id = await save(
    admin,
    PARTNERS,
    null,
    typed({
      name: 'Ferme du Nord',
      nameWas: '',
      city: 'Liège',
      cityWas: '',
      is_company: 'on',
      is_companyWas: '',
    }),
  );
  const value = async (name: string) =>
    (await form(admin, PARTNERS, id, ask())).parts
      .flatMap(({ fields }) => fields)
      .find((field) => field.name === name)?.value;
  assert.deepEqual([await value('city'), await value('is_company')], ['Liège', true]);
  await save(admin, PARTNERS, id, typed({ city: 'Namur', cityWas: 'Liège' }));
  // Somebody who saw the old city and changes the phone leaves the city alone.
  await save(
    admin,
    PARTNERS,
    id,
    typed({
      city: 'Liège',
      cityWas: 'Liège',
      phone: '04 123',
      phoneWas: '',
    }),
  );
  assert.deepEqual([await value('city'), await value('phone')], ['Namur', '04 123']);
});

test('a refusal names the field, and the field in the reader’s words', async () => {
  const french = { ...admin, language: 'fr_BE' };
  await assert.rejects(
    save(french, PARTNERS, null, typed({ name: '', nameWas: '', city: 'x', cityWas: '' })),
    { code: 'value_required', field: 'name', values: { model: 'Contact', field: 'Nom' } },
  );
  await assert.rejects(
    save(
      admin,
      USERS,
      null,
      typed({
        lastname: 'Double',
        lastnameWas: '',
        login: 'internal@example.be',
        loginWas: '',
      }),
    ),
    ({ field }: { field: string }) => field === 'login',
  );
  await assert.rejects(
    save(
      admin,
      '/settings/groups',
      null,
      typed({
        name: 'Group',
        nameWas: '',
        api_key_duration: 'long',
        api_key_durationWas: '',
      }),
    ),
    { code: 'number_invalid', field: 'api_key_duration' },
  );
});

test('nothing but the fields of the form is written', async () => {
  const id = await save(admin, PARTNERS, null, typed({ name: 'Zoé', nameWas: '' }));
  await save(
    admin,
    PARTNERS,
    id,
    typed({ commercial_partner_id: '1', commercial_partner_idWas: '' }),
  );
  await save(admin, PARTNERS, id, typed({ complete_name: 'Other', complete_nameWas: '' }));
  assert.equal((await form(admin, PARTNERS, id, ask())).name, 'Zoé');
});

test('rich text is cleaned on its way in and on its way out', async () => {
  const script = '<p>Bon<script>alert(1)</script></p><img src=x onerror=alert(1)>';
  const id = await save(
    admin,
    PARTNERS,
    null,
    typed({
      name: 'Riche',
      nameWas: '',
      comment: script,
      commentWas: '',
    }),
  );
  const { db, tenant } = caller;
  const stored = await db
    .selectFrom('partners')
    .select('comment')
    .where('tenant', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  assert.equal(stored.comment, '<p>Bon</p>');
  await db
    .updateTable('partners')
    .set({ comment: script })
    .where('tenant', '=', tenant.id)
    .where('id', '=', id)
    .execute();
  const { parts } = await form(admin, PARTNERS, id, ask());
  const comment = parts.flatMap(({ fields }) => fields).find(({ name }) => name === 'comment');
  assert.deepEqual([comment?.value, comment?.plain], ['<p>Bon</p>', 'Bon']);
});

test('archive, duplicate and delete, one or several', async () => {
  const make = (name: string) => save(admin, PARTNERS, null, typed({ name, nameWas: '' }));
  const ids = [await make('Un à ranger'), await make('Deux à ranger')];
  await archive(admin, PARTNERS, ids);
  assert.equal((await list(admin, PARTNERS, ask('q=à ranger'))).total, 0);
  assert.equal((await list(admin, PARTNERS, ask('q=à ranger&filter=archived'))).total, 2);
  assert.equal((await form(admin, PARTNERS, ids[0]!, ask())).archived, true);
  const [copy] = await duplicate(admin, PARTNERS, [ids[0]!]);
  assert.match((await form(admin, PARTNERS, copy!, ask())).name, /^Un à ranger \(/);
  const asked = await names(admin, PARTNERS, [...ids, 999_999]);
  assert.equal(asked.records.length, 2);
  await remove(admin, PARTNERS, ids);
  assert.deepEqual((await names(admin, PARTNERS, ids)).records, []);
  await assert.rejects(remove(internal, PARTNERS, [copy!]), { code: 'access_model' });
});

test('what was ticked is read from the names of boxes', () => {
  assert.deepEqual(readPicked(['pick-3', 'pick-x', 'other', 'pick-99999999999', 'pick-4']), [3, 4]);
  assert.throws(() => readPicked(['pick-0']), { code: 'nothing_picked' });
});

test('a list of a thousand is shown in part, and the rest is one link away', async () => {
  const [group] = (await list(admin, '/settings/groups', ask('q=Internal'))).rows;
  const { parts } = await form(admin, '/settings/groups', group!.id, ask());
  const users = parts.flatMap(({ fields }) => fields).find(({ name }) => name === 'users');
  const value = users?.value as { names: unknown[]; more: boolean };
  assert.deepEqual([value.names.length, value.more], [80, true]);
  const whole = `/settings/users?filter=&where=groups_id%3A${group!.id}`;
  assert.equal(users?.relation?.whole, whole);
  assert.equal((await list(admin, USERS, new URLSearchParams(whole.split('?')[1]))).total, 93);
});

test('linked names keep to the rows the reader may see', async () => {
  const partner = findModel('res.partner');
  const seen = async (who: Member) =>
    asking(who, async (asker) => {
      const ids = [admin.person.partnerId, internal.person.partnerId];
      const linked = await linkedNames(asker, partner, findField(partner, 'user_ids'), ids, 5);
      return linked;
    });
  const all = [...(await seen(internal)).values()].flatMap(({ records }) => records);
  assert.deepEqual(all.map(([id]) => id).sort(), [admin.person.id, internal.person.id].sort());
  // A portal person sees neither the partner nor the user behind it.
  assert.equal((await seen(portal)).size, 0);
});

test('names are found by a piece of them, for internal people', async () => {
  const found = await lookUp(internal, 'res.partner', 'portia');
  assert.deepEqual(
    found.map(({ label }) => label),
    ['Portia Portail'],
  );
  await assert.rejects(lookUp(internal, 'no.model', ''), { code: 'model_unknown' });
});
