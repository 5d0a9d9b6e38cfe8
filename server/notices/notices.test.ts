import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '#tests/world.ts';
import type { Member } from '../store/caller.ts';
import { listNotices, markAllRead, markRead, notify } from './notices.ts';
import { addTodo, listTodos, removeTodo, setTodoDone } from './todos.ts';

let world: World;
let anne: Member;
let marie: Member;
before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
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
