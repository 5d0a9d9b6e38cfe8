// `huis database create --demo`: a Belgian co-operative that never was, to look around in. Nobody in
// it has a password: `huis user link` lets the operator be any of them.
import { resolveGroups } from '../access/groups.ts';
import { loadLanguage } from '../languages/load.ts';
import { inLanguage } from '../site/frame.ts';
import { INTERNAL, PORTAL, SETTINGS, type Caller } from '../store/caller.ts';
import { demoPeople, type DemoPerson } from './demo-people.ts';
import { demoSite } from './demo-site.ts';
import { administratorTasks, employeeTasks, volunteerTasks, type DemoTask } from './demo-tasks.ts';
import * as store from './demo.store.ts';
import { fillSite, type Site } from './site.ts';

/** What the database is called and speaks where the operator says nothing else. */
export const demoFacts = { title: 'Samentier', language: 'fr_BE' };

/** The second administrator; the operator names the first. */
export const DEMO_LOGIN = demoPeople.find(({ role }) => role === 'administrator')!.login;

const DAY = 86_400_000;
const LANGUAGES = ['fr_BE', 'nl_BE', 'de_DE'];

/** Prefixes that Belgium never gave out, so that no call reaches anybody. */
const MOBILE = '+32 400 00 10';
const LANDLINE = '+32 2 000 10';

const groupOf: Record<DemoPerson['role'], string> = {
  administrator: SETTINGS,
  employee: INTERNAL,
  volunteer: INTERNAL,
  member: PORTAL,
};

/** Days between two sign-ins, and how many are remembered. */
const habits: Record<DemoPerson['role'], { every: number; most: number }> = {
  administrator: { every: 1, most: 20 },
  employee: { every: 2, most: 20 },
  volunteer: { every: 9, most: 12 },
  member: { every: 30, most: 6 },
};

type Known = DemoPerson & { userId: number; index: number };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function daysAgo(now: Date, days: number, minutes = 0): Date {
  return new Date(now.getTime() - days * DAY - minutes * 60_000);
}

/** When the person signed in, the last time first: spread over the day, the same at every run. */
function signInsOf({ role, seen, joined }: DemoPerson, index: number, now: Date): Date[] {
  if (seen === null) return [];
  const { every, most } = habits[role];
  const times = Math.min(most, Math.ceil((joined - seen) / every));
  return Array.from({ length: times }, (_, k) =>
    daysAgo(now, seen + k * every, (index * 37 + k * 101) % 600),
  );
}

function phonesOf({ role, email }: DemoPerson, index: number) {
  const paid = role === 'administrator' || role === 'employee';
  return {
    phone: paid || !email ? `${LANDLINE} ${10 + index}` : null,
    mobile: email && (role !== 'member' || index % 3 > 0) ? `${MOBILE} ${10 + index}` : null,
  };
}

function signatureOf({ role, name, jobTitle }: DemoPerson, title: string): string {
  if (role !== 'administrator' && role !== 'employee') return '';
  const lines = [name, jobTitle ?? '', title].map(escapeHtml);
  return `<p><strong>${lines[0]}</strong><br>${lines[1]}<br>${lines[2]}</p>`;
}

function rowOf(person: DemoPerson, index: number, { now, tenant }: Caller): store.PersonRow {
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

async function joinGroups(caller: Caller, people: Known[]): Promise<void> {
  const groups = new Map<string, number[]>();
  for (const name of new Set(Object.values(groupOf)))
    groups.set(name, await resolveGroups(caller, [name]));
  const pairs = people.flatMap(({ role, userId }) =>
    groups.get(groupOf[role])!.map((groupId) => ({ groupId, userId })),
  );
  await store.insertMemberships(caller, pairs);
}

function tasksOf({ role, index }: Known): readonly DemoTask[] {
  if (role === 'administrator') return administratorTasks;
  if (role === 'employee')
    return [0, 1].map((k) => employeeTasks[(index + k) % employeeTasks.length]!);
  return role === 'volunteer' && index % 4 === 0 ? volunteerTasks : [];
}

function todosOf(caller: Caller, userId: number, language: string, tasks: readonly DemoTask[]) {
  const now = caller.now();
  return tasks.map(({ title, due, done }) => ({
    userId,
    title: inLanguage(title, language, caller.tenant.language),
    dueOn: due === null ? null : daysAgo(now, -due).toISOString().slice(0, 10),
    doneAt: done === undefined ? null : daysAgo(now, done),
  }));
}

async function giveTasks(caller: Caller, people: Known[], administratorId: number) {
  const language = caller.tenant.language;
  const todos = people.flatMap((person) =>
    todosOf(caller, person.userId, person.language ?? language, tasksOf(person)),
  );
  const first = todosOf(caller, administratorId, language, administratorTasks);
  await store.insertTodos(caller, [...first, ...todos]);
}

/** The site with the tenant's own title in its pages. */
function siteOf(title: string): Site {
  const named = (text: string) => text.replaceAll('{title}', () => escapeHtml(title));
  const pages = demoSite.pages.map((page) => ({
    ...page,
    body: Object.fromEntries(Object.entries(page.body).map(([code, text]) => [code, named(text)])),
  }));
  return { ...demoSite, pages };
}

/**
 * Fills a tenant that was just made, inside the transaction that makes it: languages, colour, 59
 * people with what they did and have to do, the public site. Give it to `createTenant`.
 */
export async function fillDemo(caller: Caller, administratorId: number): Promise<void> {
  for (const code of LANGUAGES) await loadLanguage(caller, code);
  await store.dressCompany(caller, {
    colour: '#2f6b3a',
    email: 'bonjour@samentier.example',
    phone: `${LANDLINE} 00`,
  });
  const rows = demoPeople.map((person, index) => rowOf(person, index, caller));
  const userIds = await store.insertPeople(caller, rows);
  const people = demoPeople.map((person, index) => ({ ...person, index, userId: userIds[index]! }));
  await joinGroups(caller, people);
  const signIns = people.flatMap((person) =>
    signInsOf(person, person.index, caller.now()).map((at) => ({ userId: person.userId, at })),
  );
  await store.insertSignIns(caller, signIns);
  await giveTasks(caller, people, administratorId);
  await fillSite(caller, siteOf(caller.tenant.title));
}
