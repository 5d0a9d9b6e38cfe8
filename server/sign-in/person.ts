// A person read by number or login, without a session: for programs, which prove themselves at every call.
import type { Caller, Person } from '../store/caller.ts';
import { toPerson } from '../store/person.ts';
import * as store from './person.store.ts';

/** A person, their own language and zone, and what is stored of their password. */
export interface Known {
  person: Person;
  passwordHash: string | null;
  /** Somebody else chose their password, which opens nothing but the choice of another one. */
  mustChange: boolean;
  language: string | null;
  timeZone: string | null;
}

/** The person with this number or login, in one statement; null for nobody and for the archived. */
export async function readPerson(
  caller: Caller,
  by: { userId: number } | { login: string },
): Promise<Known | null> {
  const row = await store.find(caller, by);
  if (!row) return null;
  return {
    person: toPerson(row, null),
    passwordHash: row.password_hash,
    mustChange: row.must_change_password,
    language: row.language,
    timeZone: row.time_zone,
  };
}
