// SQL of signing in with a password.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import { fixed } from '../store/fixed.ts';
import type { Turnstile } from './throttle.ts';
import { countedOf, counting, keyOf, type Counted, type Limits } from './throttle.store.ts';

/** A person a login may mean. */
export interface Candidate {
  id: number;
  login: string;
  passwordHash: string | null;
  active: boolean;
  internal: boolean;
}

const trying = fixed('huis_try', (counted: Counted) => {
  const { parts, wait } = counting(counted);
  return sql<{ wait: number | null } & (Candidate | { id: null })>`
    with ${parts}
    select ${wait} as wait, u.id, u.login, u.password_hash as "passwordHash", u.active,
      exists (select from group_users m join groups g on g.tenant = m.tenant and g.id = m.group_id
        where m.tenant = u.tenant and m.user_id = u.id and g.external_id = 'base.group_user') as internal
    from (select) once left join users u on u.tenant = ${counted.tenant}
      and u.login_key = fold_login(${counted.login})`;
});

/**
 * Counts the try and answers the person with the login of the turnstile, whatever its case and outer space;
 * archived ones too. One statement, so that both are one round trip. `wait`: seconds when the try is not
 * allowed.
 */
export async function tryLogin(
  caller: Caller,
  gate: Turnstile,
  limits: Limits,
): Promise<{ wait: number | null; user: Candidate | undefined }> {
  const [row] = await trying.run(caller.db, countedOf(caller, gate, limits));
  const { wait, ...user } = row!;
  return { wait, user: user.id === null ? undefined : user };
}

/** What is noted of somebody who got in. */
interface Facts {
  userId: number;
  passwordHash: string;
  tokenHash: Buffer;
  timeZone: string | null;
  /** Whether the browser is one that the person has not used before. */
  unknown: boolean;
  /** A program comes anew each time: a living session from the same place is notice enough. */
  program: boolean;
}

/** The same with where they came through, from which place, and when. */
interface Opening extends Facts, Omit<Turnstile, 'address'> {
  tenant: number;
  now: Date;
  from: string;
  userAgent: string;
}

const opening = fixed(
  'huis_opening',
  (facts: Opening) => sql<{ new: boolean }>`
    with before as (
      select last_sign_in_at is not null as came from users
      where tenant = ${facts.tenant} and id = ${facts.userId}
    ), still as (
      update users set last_sign_in_at = ${facts.now}
      where tenant = ${facts.tenant} and id = ${facts.userId} and active
        and password_hash = ${facts.passwordHash}
      returning tenant, id, partner_id
    ), opened as (
      insert into sessions (tenant, token_hash, user_id, created_at, last_seen_at, proven_at, address, user_agent)
      select tenant, ${facts.tokenHash}, id, ${facts.now}, ${facts.now}, ${facts.now}, ${facts.from}::text,
        ${facts.userAgent}::text
      from still returning 1
    ), noted as (
      insert into sign_ins (tenant, user_id, created_at) select tenant, id, ${facts.now} from still
    ), new as (
      select from still where ${facts.unknown}::boolean and (select came from before)
        and not (${facts.program}::boolean and exists (select from sessions s
          where s.tenant = still.tenant and s.user_id = still.id
            and s.address = ${facts.from}::text and s.user_agent = ${facts.userAgent}::text))
    ), zoned as (
      update partners p set time_zone = ${facts.timeZone}::text from still
      where p.tenant = still.tenant and p.id = still.partner_id and p.time_zone is null
        and ${facts.timeZone}::text is not null
    ), forgiven as (
      delete from attempts where tenant = ${facts.tenant} and key = ${keyOf(facts)}
        and exists (select from still)
    )
    select exists (select from new) as new from opened`,
);

/**
 * Opens the session, notes the sign-in and forgets the failures: one statement. Answers whether the
 * place is new and to be told of; undefined when the person was archived or got another password in the
 * meantime.
 */
export async function openSession(
  { db, tenant, now, address, userAgent }: Caller,
  { pepper, login, place }: Turnstile,
  facts: Facts,
): Promise<{ new: boolean } | undefined> {
  const at = { tenant: tenant.id, now: now(), pepper, login, place, from: address, userAgent };
  const [row] = await opening.run(db, { ...facts, ...at });
  return row;
}

/** Stores a stronger hash of the same password, unless it was changed meanwhile. */
export async function replaceHash({ db, tenant }: Caller, id: number, old: string, hash: string) {
  await db
    .updateTable('users')
    .set({ password_hash: hash })
    .where('tenant', '=', tenant.id)
    .where('id', '=', id)
    .where('password_hash', '=', old)
    .execute();
}

export async function noteProof({ db, tenant, now }: Caller, sessionId: string) {
  await db
    .updateTable('sessions')
    .set({ proven_at: now() })
    .where('tenant', '=', tenant.id)
    .where('id', '=', sessionId)
    .execute();
}

/** Notes a sign-in without a session. */
export async function noteSignIn({ db, tenant, now }: Caller, id: number): Promise<void> {
  await sql`
    with still as (
      update users set last_sign_in_at = ${now()}
      where tenant = ${tenant.id} and id = ${id} and active returning tenant, id
    )
    insert into sign_ins (tenant, user_id, created_at) select tenant, id, ${now()} from still`.execute(
    db,
  );
}
