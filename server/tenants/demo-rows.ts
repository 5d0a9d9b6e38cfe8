// What the invented people did and have: rows reckoned back from now, the same at every run.
import { inLanguage } from '../site/frame.ts';
import type { Caller } from '../store/caller.ts';
import type { DemoPerson } from './demo-people.ts';
import { administratorTasks, employeeTasks, volunteerTasks, type DemoTask } from './demo-tasks.ts';
import type { NoticeRow, PersonRow, SignInRow, TodoRow } from './demo.store.ts';

/** A person who is in the tenant; `index` is their place in the list. */
export type Known = DemoPerson & { userId: number; index: number };

const DAY = 86_400_000;

/** Prefixes that Belgium never gave out, so that no call reaches anybody. */
const MOBILE = '+32 400 00 10';
export const LANDLINE = '+32 2 000 10';

/** Days between two sign-ins, and how many there were. */
const habits: Record<DemoPerson['role'], { every: number; times: number }> = {
  administrator: { every: 1, times: 20 },
  employee: { every: 2, times: 20 },
  volunteer: { every: 9, times: 12 },
  member: { every: 30, times: 6 },
};

/** `text` as HTML, the way a cleaned signature has it. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function daysAgo(now: Date, days: number, minutes = 0): Date {
  return new Date(now.getTime() - days * DAY - minutes * 60_000);
}

function isPaid({ role }: DemoPerson): boolean {
  return role === 'administrator' || role === 'employee';
}

/** When the person signed in, the last time first, at different hours. */
function signInsOf({ role, seen }: DemoPerson, index: number, now: Date): Date[] {
  if (seen === null) return [];
  const { every, times } = habits[role];
  return Array.from({ length: times }, (_, k) =>
    daysAgo(now, seen + k * every, (index * 37 + k * 101) % 600),
  );
}

function phonesOf(person: DemoPerson, index: number) {
  const { role, email } = person;
  return {
    phone: isPaid(person) || !email ? `${LANDLINE} ${10 + index}` : null,
    mobile: email && (role !== 'member' || index % 3 > 0) ? `${MOBILE} ${10 + index}` : null,
  };
}

function signatureOf(person: DemoPerson, title: string): string {
  if (!isPaid(person)) return '';
  const [name, job, organisation] = [person.name, person.jobTitle ?? '', title].map(escapeHtml);
  return `<p><strong>${name}</strong><br />${job}<br />${organisation}</p>`;
}

/** The person as they are stored. */
export function rowOf(person: DemoPerson, index: number, { now, tenant }: Caller): PersonRow {
  const { name, login, email, jobTitle, language, timeZone, role } = person;
  return {
    ...{ name, login, email, jobTitle, language, timeZone },
    ...phonesOf(person, index),
    notificationType: role !== 'member' && index % 2 === 0 ? 'inbox' : 'email',
    signature: signatureOf(person, tenant.title),
    active: !person.archived,
    createdAt: daysAgo(now(), person.joined),
    lastSignInAt: signInsOf(person, index, now())[0] ?? null,
  };
}

/** When everybody signed in. */
export function allSignIns({ now }: Caller, people: Known[]): SignInRow[] {
  return people.flatMap((person) =>
    signInsOf(person, person.index, now()).map((at) => ({ userId: person.userId, at })),
  );
}

function tasksOf({ role, index }: Known): readonly DemoTask[] {
  if (role === 'administrator') return administratorTasks;
  if (role === 'employee')
    return [0, 1].map((k) => employeeTasks[(index + k) % employeeTasks.length]!);
  return role === 'volunteer' && index % 4 === 0 ? volunteerTasks : [];
}

function written(caller: Caller, userId: number, tasks: readonly DemoTask[], language: string) {
  const now = caller.now();
  return tasks.map(({ title, due, done }) => ({
    userId,
    title: inLanguage(title, language, caller.tenant.language),
    dueOn: due === null ? null : daysAgo(now, -due).toISOString().slice(0, 10),
    doneAt: done === undefined ? null : daysAgo(now, done),
  }));
}

/** What everybody has to do, the first administrator included. */
export function allTodos(caller: Caller, people: Known[], administratorId: number): TodoRow[] {
  const { language } = caller.tenant;
  return [
    ...written(caller, administratorId, administratorTasks, language),
    ...people.flatMap((person) =>
      written(caller, person.userId, tasksOf(person), person.language ?? language),
    ),
  ];
}

/** The welcome, read at the first sign-in; and for the paid ones a new device the last time. */
function noticesOf(person: Known, now: Date): NoticeRow[] {
  const { userId, index } = person;
  const times = signInsOf(person, index, now);
  const [last] = times;
  const at = daysAgo(now, person.joined);
  const welcome = { userId, kind: 'welcome' as const, data: {}, at, readAt: times.at(-1) ?? null };
  if (!last || !isPaid(person)) return [welcome];
  // An address from the range for examples (RFC 5737).
  const data = { device: 'Firefox, Linux', address: `192.0.2.${10 + index}` };
  return [welcome, { userId, kind: 'new_device', data, at: last, readAt: index % 2 ? last : null }];
}

/** What everybody was told, the first administrator included. */
export function allNotices(caller: Caller, people: Known[], administratorId: number): NoticeRow[] {
  const now = caller.now();
  const first = {
    userId: administratorId,
    kind: 'welcome' as const,
    data: {},
    at: now,
    readAt: null,
  };
  return [first, ...people.flatMap((person) => noticesOf(person, now))];
}
