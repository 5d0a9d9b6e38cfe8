// Notices and to-dos on the real database: one's own only, in their order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import type { Caller, Member } from '../store/caller.ts';
import { listNotices, markAllRead, markRead, notify } from './notices.ts';
import { addTodo, listTodos, removeTodo, setTodoDone } from './todos.ts';

let world: World;
let visitor: Caller;
let anne: Member;
let marie: Member;
before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  visitor = caller;
  anne = administrator;
  marie = await world.person(caller, { login: 'marie@example.be', name: 'Marie' });
});
after(() => world.close());

test('a notice reaches its reader alone, newest first, and can be marked as read', async () => {
  await notify(anne, marie.person.id, 'email_changed', {
    from: 'a@example.be',
    to: 'b@example.be',
  });
  await notify(anne, marie.person.id, 'password_changed');
  const kinds = async () => (await listNotices(marie)).map(({ kind, read }) => `${kind} ${read}`);
  assert.deepEqual(await kinds(), ['password_changed false', 'email_changed false']);
  assert.deepEqual(await listNotices(anne), []);
  const [newest, older] = await listNotices(marie);
  assert.deepEqual(older!.data, { from: 'a@example.be', to: 'b@example.be' });
  await assert.rejects(markRead(anne, newest!.id), { code: 'notice_unknown', status: 404 });
  await markRead(marie, newest!.id);
  assert.deepEqual(await kinds(), ['password_changed true', 'email_changed false']);
  assert.equal(await markAllRead(marie), 1);
  assert.equal(await markAllRead(marie), 0);
  assert.equal((await listNotices(marie, { limit: 1 })).length, 1);
  assert.equal((await listNotices(marie, { before: newest!.id }))[0]?.kind, 'email_changed');
});

test('to-dos come by due date, the done ones last, and are one’s own', async () => {
  await addTodo(marie, { title: 'later', dueOn: '2027-03-01' });
  await addTodo(marie, { title: '  some \n day ' });
  await addTodo(marie, { title: 'soon', dueOn: '2026-12-24' });
  const titles = async () =>
    (await listTodos(marie)).map(({ title, done }) => `${title}${done ? ' ✓' : ''}`);
  assert.deepEqual(await titles(), ['soon', 'later', 'some day']);
  const [soon] = await listTodos(marie);
  assert.equal(soon!.dueOn, '2026-12-24');
  await assert.rejects(setTodoDone(anne, soon!.id, true), { code: 'todo_unknown' });
  await assert.rejects(removeTodo(anne, soon!.id), { code: 'todo_unknown' });
  await setTodoDone(marie, soon!.id, true);
  assert.deepEqual(await titles(), ['later', 'some day', 'soon ✓']);
  await setTodoDone(marie, soon!.id, false);
  await removeTodo(marie, soon!.id);
  assert.deepEqual(await titles(), ['later', 'some day']);
});

test('a to-do without a title, too long or on a day that does not exist is refused', async () => {
  await assert.rejects(addTodo(marie, { title: ' \t' }), {
    code: 'todo_title_missing',
    field: 'title',
  });
  await assert.rejects(addTodo(marie, { title: 'x'.repeat(201) }), { code: 'text_too_long' });
  for (const dueOn of ['2026-02-29', 'tomorrow', '2026-1-1', '0000-00-00', '2026-13-01'])
    await assert.rejects(addTodo(marie, { title: 'x', dueOn }), {
      code: 'date_invalid',
      field: 'dueOn',
    });
});

/** Numbers from addresses and forms that cannot be a row's. */
const NO_ROWS = [0, -1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 53];

const at = <C extends Caller>(caller: C, iso: string): C => ({
  ...caller,
  now: () => new Date(iso),
});

test('pages of notices follow each other by time, whenever they were written', async () => {
  const lea = await world.person(visitor, { login: 'lea', name: 'Léa' });
  const days = ['2026-03-01', '2026-01-01', '2026-02-01', '2026-02-01', '2025-12-24'];
  for (const day of days)
    await notify(at(visitor, `${day}T12:00:00Z`), lea.person.id, 'email_changed', {
      from: day,
      to: day,
    });
  const seen: unknown[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await listNotices(lea, { limit: 2, before });
    if (page.length === 0) break;
    seen.push(...page.map(({ data }) => data.to));
    before = page.at(-1)!.id;
  }
  assert.deepEqual(seen, days.toSorted().toReversed());
  const [foreign] = await listNotices(marie);
  assert.deepEqual(await listNotices(lea, { before: foreign!.id }), []);
});

test('a notice read twice is read once, and a number that is no notice is unknown', async () => {
  const els = await world.person(visitor, { login: 'els', name: 'Els', portal: true });
  await notify(visitor, els.person.id, 'welcome');
  const [notice] = await listNotices(els);
  await markRead(els, notice!.id);
  await markRead(els, notice!.id);
  for (const id of NO_ROWS) {
    await assert.rejects(markRead(els, id), { code: 'notice_unknown' }, String(id));
    assert.deepEqual(await listNotices(els, { before: id }), []);
  }
});

test('a done to-do stays in sight for thirty days from when it was first done', async () => {
  const jan = await world.person(visitor, { login: 'jan', name: 'Jan' });
  for (const title of ['one', 'two']) await addTodo(jan, { title });
  const titles = async (iso: string) => (await listTodos(at(jan, iso))).map(({ title }) => title);
  const [one, two] = await listTodos(jan);
  await setTodoDone(at(jan, '2026-05-01T12:00:00Z'), one!.id, true);
  await setTodoDone(at(jan, '2026-05-02T12:00:00Z'), two!.id, true);
  await setTodoDone(at(jan, '2026-05-03T12:00:00Z'), one!.id, true);
  assert.deepEqual(await titles('2026-05-31T11:00:00Z'), ['two', 'one']);
  assert.deepEqual(await titles('2026-05-31T13:00:00Z'), ['two']);
  assert.deepEqual(await titles('2026-07-01T00:00:00Z'), []);
});

test('odd numbers, days and characters are refused or made harmless, never an error', async () => {
  for (const id of NO_ROWS) {
    await assert.rejects(setTodoDone(marie, id, true), { code: 'todo_unknown' }, String(id));
    await assert.rejects(removeTodo(marie, id), { code: 'todo_unknown' }, String(id));
  }
  for (const dueOn of [
    '0000-01-01',
    '0001-01-01',
    '2026-02-30',
    '2026-00-10',
    '+02026-01-01',
    ' ',
  ]) {
    const refused = { code: 'date_invalid', field: 'dueOn' };
    await assert.rejects(addTodo(marie, { title: 'x', dueOn }), refused, dueOn);
  }
  await addTodo(marie, { title: 'nul\0 and \ud800 half', dueOn: '2028-02-29' });
  await addTodo(marie, { title: 'é'.repeat(200), dueOn: '' });
  const titles = (await listTodos(marie)).map(({ title }) => title);
  assert.ok(titles.includes('nul  and \ufffd half'));
});

test('a visitor has neither notices nor to-dos', async () => {
  const refused = { code: 'sign_in_first', status: 401 };
  for (const ask of [listNotices, markAllRead, listTodos])
    await assert.rejects(ask(visitor), refused);
  await assert.rejects(addTodo(visitor, { title: 'x' }), refused);
});
