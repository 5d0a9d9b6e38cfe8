// A person's own list of things to do.
import { redirect } from '@sveltejs/kit';
import { addTodo, listTodos, removeTodo, setTodoDone } from '#server/notices/todos.ts';
import { INTERNAL, mustBelongTo } from '#server/store/caller.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { act, answer, memberOf, type Form } from '#lib/server/answers.ts';
import type { Actions, PageServerLoad } from './$types.js';

const HERE = '/my/todos';

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const todos = await listTodos(mustBelongTo(memberOf(event), INTERNAL));
    return {
      crumbs: [{ label: 'app.todos' }] satisfies Crumb[],
      open: todos.filter(({ done }) => !done),
      finished: todos.filter(({ done }) => done),
    };
  });

/** The number of the to-do a button stands beside; 0, which is nobody's, for anything else. */
function idOf(form: Form): number {
  const text = form.text('id');
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

export const actions: Actions = {
  add: (event) =>
    act(event, async (form) => {
      const caller = mustBelongTo(memberOf(event), INTERNAL);
      await addTodo(caller, { title: form.text('title'), dueOn: form.text('dueOn') });
      redirect(303, HERE);
    }),
  done: (event) =>
    act(event, async (form) => {
      await setTodoDone(memberOf(event), idOf(form), true);
      redirect(303, HERE);
    }),
  undo: (event) =>
    act(event, async (form) => {
      await setTodoDone(memberOf(event), idOf(form), false);
      redirect(303, HERE);
    }),
  remove: (event) =>
    act(event, async (form) => {
      await removeTodo(memberOf(event), idOf(form));
      redirect(303, HERE);
    }),
};
