// A person's own to-do list.
import { isDay } from '../kernel/day.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { member, type Caller } from '../store/caller.ts';
import { oneLine } from '../preferences/checks.ts';
import * as store from './todos.store.ts';

/** One thing to do. `dueOn` is a calendar day, YYYY-MM-DD. */
export interface Todo {
  id: number;
  title: string;
  dueOn: string | null;
  done: boolean;
}

const LONGEST = 200;
/** How long a done thing stays in sight, in days. */
const DONE_SHOWN = 30;

/** The caller's open to-dos by due date, then those done in the last thirty days. */
export async function listTodos(caller: Caller): Promise<Todo[]> {
  const since = new Date(caller.now().getTime() - DONE_SHOWN * 86_400_000);
  return store.listOf(caller, member(caller).person.id, since);
}

/** Adds one. Throws Refusal `todo_title_missing`, `text_too_long`, `date_invalid`. */
export async function addTodo(
  caller: Caller,
  { title, dueOn }: { title: string; dueOn?: string },
): Promise<void> {
  const { person } = member(caller);
  const text = oneLine(title.replace(/\s+/g, ' '));
  if (text === '') throw new Refusal('todo_title_missing', { field: 'title' });
  if (text.length > LONGEST)
    throw new Refusal('text_too_long', { field: 'title', values: { most: LONGEST } });
  if (dueOn && !isDay(dueOn)) throw new Refusal('date_invalid', { field: 'dueOn' });
  await store.insert(caller, person.id, text, dueOn || null);
}

/** Marks one as done or open again. Throws Refusal `todo_unknown` (404). */
export async function setTodoDone(caller: Caller, id: number, done: boolean): Promise<void> {
  const { person } = member(caller);
  if (!isRowId(id) || !(await store.setDone(caller, person.id, id, done)))
    throw new Refusal('todo_unknown', { status: 404 });
}

/** Deletes one. Throws Refusal `todo_unknown` (404). */
export async function removeTodo(caller: Caller, id: number): Promise<void> {
  const { person } = member(caller);
  if (!isRowId(id) || !(await store.remove(caller, person.id, id)))
    throw new Refusal('todo_unknown', { status: 404 });
}
