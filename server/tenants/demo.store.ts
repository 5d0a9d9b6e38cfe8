// SQL of the invented co-operative: many rows in few statements.
import { sql } from 'kysely';
import type { NoticeKind } from '../notices/notices.ts';
import type { Caller } from '../store/caller.ts';
import type { DemoLabel, DemoPartner } from './demo-partners.ts';

/** A person as two rows: their partner and their user. */
export interface PersonRow {
  name: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  jobTitle: string | null;
  language: string | null;
  timeZone: string | null;
  login: string;
  notificationType: 'email' | 'inbox';
  signature: string;
  active: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
}

export interface SignInRow {
  userId: number;
  at: Date;
}

export interface TodoRow {
  userId: number;
  title: string;
  /** A calendar day. */
  dueOn: string | null;
  doneAt: Date | null;
}

export interface NoticeRow {
  userId: number;
  kind: NoticeKind;
  data: Record<string, unknown>;
  at: Date;
  readAt: Date | null;
}

/** The person that the tenant was made with. */
export async function firstUser({ db, tenant }: Caller): Promise<number> {
  const { id } = await db
    .selectFrom('users')
    .select('id')
    .where('tenant', '=', tenant.id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}

async function insertPartners({ db, tenant }: Caller, people: readonly PersonRow[]) {
  const made = await db
    .insertInto('partners')
    .values(
      people.map((person) => ({
        tenant: tenant.id,
        name: person.name,
        email: person.email,
        phone: person.phone,
        mobile: person.mobile,
        job_title: person.jobTitle,
        language: person.language,
        time_zone: person.timeZone,
        active: person.active,
        created_at: person.createdAt,
        updated_at: person.createdAt,
      })),
    )
    .returning(['id', 'name'])
    .execute();
  return new Map(made.map(({ id, name }) => [name, id]));
}

/** Inserts the people, whose names all differ; answers their numbers in the given order. */
export async function insertPeople(
  caller: Caller,
  people: readonly PersonRow[],
): Promise<number[]> {
  const { db, tenant } = caller;
  const partnerIds = await insertPartners(caller, people);
  const made = await db
    .insertInto('users')
    .values(
      people.map((person) => ({
        tenant: tenant.id,
        partner_id: partnerIds.get(person.name)!,
        company_id: sql<number>`(select min(id) from companies where tenant = ${tenant.id})`,
        login: person.login,
        notification_type: person.notificationType,
        signature: person.signature,
        active: person.active,
        created_at: person.createdAt,
        updated_at: person.createdAt,
        last_sign_in_at: person.lastSignInAt,
      })),
    )
    .returning(['id', 'login'])
    .execute();
  const idOf = new Map(made.map(({ id, login }) => [login, id]));
  return people.map(({ login }) => idOf.get(login)!);
}

/** Inserts pairs of a group and a person. */
export async function insertMemberships(
  { db, tenant }: Caller,
  pairs: readonly { groupId: number; userId: number }[],
): Promise<void> {
  await db
    .insertInto('group_users')
    .values(
      pairs.map(({ groupId, userId }) => ({
        tenant: tenant.id,
        group_id: groupId,
        user_id: userId,
      })),
    )
    .execute();
}

export async function insertSignIns(
  { db, tenant }: Caller,
  signIns: readonly SignInRow[],
): Promise<void> {
  await db
    .insertInto('sign_ins')
    .values(
      signIns.map(({ userId, at }) => ({ tenant: tenant.id, user_id: userId, created_at: at })),
    )
    .execute();
}

export async function insertTodos(
  { db, tenant, now }: Caller,
  todos: readonly TodoRow[],
): Promise<void> {
  await db
    .insertInto('todos')
    .values(
      todos.map(({ userId, title, dueOn, doneAt }) => ({
        tenant: tenant.id,
        user_id: userId,
        title,
        due_on: dueOn,
        created_at: doneAt ?? now(),
        done_at: doneAt,
      })),
    )
    .execute();
}

export async function insertNotices(
  { db, tenant }: Caller,
  notices: readonly NoticeRow[],
): Promise<void> {
  await db
    .insertInto('notices')
    .values(
      notices.map(({ userId, kind, data, at, readAt }) => ({
        tenant: tenant.id,
        user_id: userId,
        kind,
        data: JSON.stringify(data),
        created_at: at,
        read_at: readAt,
      })),
    )
    .execute();
}

/** Inserts labels; answers their numbers by key. */
export async function insertLabels(
  { db, tenant }: Caller,
  labels: readonly DemoLabel[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const { key, name, color } of labels) {
    const { id } = await db
      .insertInto('partner_categories')
      .values({ tenant: tenant.id, name: JSON.stringify(name), color })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.set(key, id);
  }
  return ids;
}

/** Inserts an organisation with its labels, and the person to ask for there. */
export async function insertOrganisation(
  { db, tenant, now }: Caller,
  partner: DemoPartner,
  labelIds: readonly number[],
): Promise<void> {
  const { name, email, phone, street, zip, city, language, contact } = partner;
  const made = { tenant: tenant.id, language, created_at: now(), updated_at: now() };
  const { id } = await db
    .insertInto('partners')
    .values({
      ...{ ...made, name, email, phone, street, zip, city, is_company: true },
      country_id: sql<number>`(select id from countries where code = ${partner.country})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('partner_category_partners')
    .values(labelIds.map((category_id) => ({ tenant: tenant.id, category_id, partner_id: id })))
    .execute();
  await db
    .insertInto('partners')
    .values({
      ...{ ...made, name: contact.name, email: contact.email, parent_id: id },
      job_title: contact.jobTitle,
    })
    .execute();
}

/** Gives the company its colour, and the partner that stands for it where it is and how to reach it. */
export async function dressCompany(
  { db, tenant }: Caller,
  company: {
    colour: string;
    email: string;
    phone: string;
    street: string;
    zip: string;
    city: string;
  },
): Promise<void> {
  const { colour, email, phone, street, zip, city } = company;
  await sql`
    with dressed as (
      update companies set colour = ${colour} where tenant = ${tenant.id} returning partner_id
    )
    update partners p set email = ${email}, phone = ${phone}, street = ${street}, zip = ${zip},
      city = ${city}
    from dressed where p.tenant = ${tenant.id} and p.id = dressed.partner_id`.execute(db);
}
