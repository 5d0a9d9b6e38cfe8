// `huis database create --demo`: a Belgian co-operative that never was, to look around in. Nobody in
// it has a password: `huis user link` lets the operator be any of them.
import { resolveGroups } from '../access/groups.ts';
import { loadLanguage } from '../languages/load.ts';
import { inTransaction, INTERNAL, PORTAL, SETTINGS, type Caller } from '../store/caller.ts';
import { demoLabels, demoPartners } from './demo-partners.ts';
import { demoPeople, type DemoPerson } from './demo-people.ts';
import {
  allNotices,
  allSignIns,
  allTodos,
  escapeHtml,
  LANDLINE,
  rowOf,
  type Known,
} from './demo-rows.ts';
import { demoSite } from './demo-site.ts';
import * as store from './demo.store.ts';
import { fillSite, type Site } from './site.ts';

/** What the database is called and speaks where the operator says nothing else. */
export const demoFacts = { title: 'Samentier', language: 'fr_BE' };

/** The second administrator; the operator names the first. */
export const DEMO_LOGIN = demoPeople.find(({ role }) => role === 'administrator')!.login;

const languages = ['fr_BE', 'nl_BE', 'de_DE'];

const company = {
  colour: '#2f6b3a',
  email: 'bonjour@samentier.example',
  phone: `${LANDLINE} 00`,
  street: 'Rue du Sentier Mêlé 18',
  zip: '1030',
  city: 'Bruxelles',
};

const groupOf: Record<DemoPerson['role'], string> = {
  administrator: SETTINGS,
  employee: INTERNAL,
  volunteer: INTERNAL,
  member: PORTAL,
};

async function insertPeople(caller: Caller): Promise<Known[]> {
  const rows = demoPeople.map((person, index) => rowOf(person, index, caller));
  const userIds = await store.insertPeople(caller, rows);
  return demoPeople.map((person, index) => ({ ...person, index, userId: userIds[index]! }));
}

async function joinGroups(caller: Caller, people: Known[]): Promise<void> {
  const reached = new Map<string, number[]>();
  for (const name of new Set(Object.values(groupOf)))
    reached.set(name, await resolveGroups(caller, [name]));
  const pairs = people.flatMap(({ role, userId }) =>
    reached.get(groupOf[role])!.map((groupId) => ({ groupId, userId })),
  );
  await store.insertMemberships(caller, pairs);
}

async function insertOrganisations(caller: Caller): Promise<void> {
  const labels = await store.insertLabels(caller, demoLabels);
  for (const partner of demoPartners)
    await store.insertOrganisation(
      caller,
      partner,
      partner.labels.map((key) => labels.get(key)!),
    );
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
 * Fills a tenant that was just made: languages, colour, 59 people beside its first administrator,
 * what they all did and have to do, whom the
 * co-operative deals with, the public site. All or nothing; joins the transaction that
 * makes the tenant.
 */
export async function fillDemo(outside: Caller): Promise<void> {
  await inTransaction(outside, async (caller) => {
    for (const code of languages) await loadLanguage(caller, code);
    await store.dressCompany(caller, company);
    const administratorId = await store.firstUser(caller);
    const people = await insertPeople(caller);
    await joinGroups(caller, people);
    await insertOrganisations(caller);
    await store.insertSignIns(caller, allSignIns(caller, people));
    await store.insertTodos(caller, allTodos(caller, people, administratorId));
    await store.insertNotices(caller, allNotices(caller, people, administratorId));
    await fillSite(caller, siteOf(caller.tenant.title));
  });
}
