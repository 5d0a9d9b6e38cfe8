// SQL of sessions.
import { sql } from 'kysely';
import type { Caller } from '../store/caller.ts';
import { fixed } from '../store/fixed.ts';
import type { Database } from '../store/open.ts';
import { personColumns, toPerson, type PersonRow } from '../store/person.ts';
import type { Inside } from './sessions.ts';

/** A session with its person and tenant: all that a program's call needs. */
export interface SessionRow extends PersonRow {
  session_id: string;
  must_change_password: boolean;
  proven_at: Date;
  last_seen_at: Date;
  tenant_name: string;
  title: string;
  url: string | null;
  tenant_language: string;
  tenant_time_zone: string;
  password_min_length: number;
  session_idle_minutes: number;
  session_absolute_minutes: number;
  is_test: boolean;
  copied_from: string | null;
}

const columns = sql`s.id as session_id, s.proven_at, s.last_seen_at, u.must_change_password, ${personColumns},
      t.name as tenant_name, t.title, t.url, t.language as tenant_language,
      t.time_zone as tenant_time_zone, t.password_min_length, t.session_idle_minutes,
      t.session_absolute_minutes, t.is_test, t.copied_from`;

const joins = sql`sessions s
    join users u on u.tenant = s.tenant and u.id = s.user_id
    join partners p on p.tenant = u.tenant and p.id = u.partner_id
    join tenants t on t.id = s.tenant`;

/** Of whom a token is sought, by its hash, and when. */
interface Token {
  tenant: number;
  tokenHash: Buffer;
  now: Date;
}

/** Where the session has this token hash and lives, and its person is not archived. */
const living = ({ tenant, tokenHash, now }: Token) => sql`
    s.tenant = ${tenant} and s.token_hash = ${tokenHash} and u.active
      and s.last_seen_at > ${now}::timestamptz - t.session_idle_minutes * interval '1 minute'
      and s.created_at > ${now}::timestamptz - t.session_absolute_minutes * interval '1 minute'`;

/** The living session with this token hash, for a program: without what only pages show. */
export const plain = fixed(
  'huis_session',
  (token: Token) => sql<SessionRow>`
    select ${columns} from ${joins} where ${living(token)}`,
);

/** What the frame of a page inside shows of the person `u` and their company `c`. */
const frame = sql`
      array(select l.code from languages l where l.tenant = u.tenant
        order by l.loaded_at, l.code) as languages,
      c.name as "companyName", c.colour,
      (select count(*)::integer from notices n
        where n.tenant = u.tenant and n.user_id = u.id and n.read_at is null) as unread,
      (select count(*)::integer from todos d
        where d.tenant = u.tenant and d.user_id = u.id and d.done_at is null) as todos,
      (select i.digest from pictures i where i.tenant = u.tenant
        and i.partner_id = u.partner_id and i.size = 128) as "pictureDigest"`;

/** The same with what the frame of a page shows. */
export const framed = fixed(
  'huis_framed_session',
  (token: Token) => sql<SessionRow & Inside>`
    select ${columns}, ${frame}
    from ${joins} join companies c on c.tenant = u.tenant and c.id = u.company_id
    where ${living(token)}`,
);

/** What the frame shows to this person. */
export const inside = fixed(
  'huis_inside',
  ({ tenant, userId }: { tenant: number; userId: number }) => sql<Inside>`
    select ${frame} from users u join companies c on c.tenant = u.tenant and c.id = u.company_id
    where u.tenant = ${tenant} and u.id = ${userId}`,
);

/** Who speaks through the session of a row. */
export function toSpeaker(tenantId: number, row: SessionRow) {
  return {
    tenant: {
      id: tenantId,
      name: row.tenant_name,
      title: row.title,
      url: row.url,
      language: row.tenant_language,
      timeZone: row.tenant_time_zone,
      passwordMinLength: row.password_min_length,
      sessionIdleMinutes: row.session_idle_minutes,
      sessionAbsoluteMinutes: row.session_absolute_minutes,
      test: row.is_test,
      copiedFrom: row.copied_from,
    },
    person: toPerson(row, { id: row.session_id, provenAt: row.proven_at }),
    mustChange: row.must_change_password,
    language: row.language,
    timeZone: row.time_zone,
  };
}

export async function noteSeen(db: Database, tenantId: number, id: string, now: Date) {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('tenant', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** A new token and a fresh proof for a session. */
export async function replaceToken({ db, tenant, now }: Caller, id: string, hash: Buffer) {
  await db
    .updateTable('sessions')
    .set({ token_hash: hash, proven_at: now() })
    .where('tenant', '=', tenant.id)
    .where('id', '=', id)
    .execute();
}

export async function listOf({ db, tenant, now }: Caller, userId: number) {
  return db
    .selectFrom('sessions')
    .select([
      'id',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'address',
      'user_agent as userAgent',
    ])
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('last_seen_at', '>', new Date(now().getTime() - tenant.sessionIdleMinutes * 60_000))
    .where('created_at', '>', new Date(now().getTime() - tenant.sessionAbsoluteMinutes * 60_000))
    .orderBy('last_seen_at', 'desc')
    .execute();
}

export async function endOne({ db, tenant }: Caller, userId: number, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends every session of a person but `exceptId`; answers how many. */
export async function endAllOf({ db, tenant }: Caller, userId: number, exceptId: string | null) {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('tenant', '=', tenant.id)
    .where('user_id', '=', userId)
    .$if(exceptId !== null, (query) => query.where('id', '<>', exceptId!))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Deletes the tenant's sessions that have idled or lived too long. */
export async function deleteDead({ db, tenant, now }: Caller): Promise<void> {
  const before = (minutes: number) => new Date(now().getTime() - minutes * 60_000);
  await db
    .deleteFrom('sessions')
    .where('tenant', '=', tenant.id)
    .where(({ or, eb }) =>
      or([
        eb('last_seen_at', '<', before(tenant.sessionIdleMinutes)),
        eb('created_at', '<', before(tenant.sessionAbsoluteMinutes)),
      ]),
    )
    .execute();
}
