// Where people arrive after signing in: their applications, and what waits for them.
import { redirect } from '@sveltejs/kit';
import { listNotices } from '#server/notices/notices.ts';
import { listTodos } from '#server/notices/todos.ts';
import { belongsTo, INTERNAL } from '#server/store/caller.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

/** How many of each are shown here. */
const SHOWN = 4;

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    if (!belongsTo(caller, INTERNAL)) redirect(303, '/my');
    const { unread, todos } = await event.locals.inside();
    return {
      firstName: caller.person.name.split(/\s+/u, 1)[0] ?? caller.person.name,
      lacksTimeZone: !event.locals.recognised?.timeZone,
      messages:
        unread > 0 ? (await listNotices(caller)).filter(({ read }) => !read).slice(0, SHOWN) : [],
      tasks: todos > 0 ? (await listTodos(caller)).filter(({ done }) => !done).slice(0, SHOWN) : [],
    };
  });
