// A person's own list of things to do.
import { redirect } from '@sveltejs/kit';
import { addTodo, listTodos, removeTodo, setTodoDone } from '#server/notices/todos.ts';
import { INTERNAL, mustBelongTo } from '#server/store/caller.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf, type Form } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const todos = await listTodos(mustBelongTo(memberOf(event), INTERNAL));
    return {
      crumbs: [{ label: 'app.todos' }] satisfies Crumb[],
      open: todos.filter(({ done }) => !done),
      finished: todos.filter(({ done }) => done),
      told: event.url.searchParams.get('told'),
    };
  });

/** The number of the to-do a button stands beside; 0, which is nobody's, for anything else. */
function idOf(form: Form): number {
  const text = form.text('id');
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** Back to the list, which says what happened. */
function back(outcome: 'added' | 'done' | 'undone' | 'removed'): never {
  redirect(303, `/my/todos?told=${outcome}`);
}

export const actions: Actions = {
  add: (event) =>
    act(event, async (form) => {
      const caller = mustBelongTo(memberOf(event), INTERNAL);
      await addTodo(caller, { title: form.text('title'), dueOn: form.text('dueOn') });
      back('added');
    }),
  done: (event) =>
    act(event, async (form) => {
      await setTodoDone(memberOf(event), idOf(form), true);
      back('done');
    }),
  undo: (event) =>
    act(event, async (form) => {
      await setTodoDone(memberOf(event), idOf(form), false);
      back('undone');
    }),
  remove: (event) =>
    act(event, async (form) => {
      await removeTodo(memberOf(event), idOf(form));
      back('removed');
    }),
};
