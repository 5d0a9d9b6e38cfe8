// Who asks, in which tenant, and how to reach its rows: the one thing use-cases are handed.
import { Refusal } from '../kernel/refusal.ts';
import type { Database } from './open.ts';

/** The tenant's own settings that use-cases need at every turn. */
export interface Tenant {
  id: number;
  /** What people and wire protocols call the database. */
  name: string;
  title: string;
  /** Base address of its own, without a slash at the end. */
  url: string | null;
  language: string;
  timeZone: string;
  passwordMinLength: number;
  sessionIdleMinutes: number;
  sessionAbsoluteMinutes: number;
  /** A copy to practise on: its mail never leaves, and its pages say so. */
  test: boolean;
  /** The database a test database was copied from. */
  copiedFrom: string | null;
}

/** The session a person speaks through. */
interface SessionFacts {
  id: string;
  /** When the person last gave their password in this session. */
  provenAt: Date;
}

/** How far an API key reaches: never further than its owner. */
export interface KeyLimits {
  keyId: number;
  readOnly: boolean;
  /** Names of the models it may touch; null is all. */
  models: readonly string[] | null;
}

/** A person who has signed in. */
export interface Person {
  id: number;
  partnerId: number;
  companyId: number;
  login: string;
  name: string;
  email: string | null;
  /** External ids of their groups, implied ones included: `base.group_user`. */
  groups: ReadonlySet<string>;
  /** Companies they may work in. */
  companyIds: readonly number[];
  /** Changes with every change of rights, rules and groups of the tenant. */
  rightsStamp: string;
  /** What the API key they speak with leaves of their rights; all of them without it. */
  limits?: KeyLimits;
  session: SessionFacts | null;
}

/** Who asks. `person` is null for a visitor; `db` is the tenant's handle or a transaction of it. */
export interface Caller {
  tenant: Tenant;
  db: Database;
  person: Person | null;
  language: string;
  timeZone: string;
  address: string;
  userAgent: string;
  now: () => Date;
}

/** A caller who has signed in. */
export type Member = Caller & { person: Person };

export const INTERNAL = 'base.group_user';
export const PORTAL = 'base.group_portal';
export const ACCESS_RIGHTS = 'base.group_erp_manager';
export const SETTINGS = 'base.group_system';

/** Whether the caller belongs to the group with this external id. */
export function belongsTo(caller: Caller, group: string): boolean {
  return caller.person?.groups.has(group) ?? false;
}

/** The caller as a member. Throws Refusal `sign_in_first` (401) for a visitor. */
export function member(caller: Caller): Member {
  if (!caller.person) throw new Refusal('sign_in_first', { status: 401 });
  return caller as Member;
}

/** Throws Refusal `not_allowed` (403) unless the caller belongs to the group; a visitor gets 401. */
export function mustBelongTo(caller: Caller, group: string): Member {
  const known = member(caller);
  if (!belongsTo(known, group)) throw new Refusal('not_allowed', { status: 403, detail: group });
  return known;
}

/** Runs `work` in one transaction; inside one already, it joins it. */
export async function inTransaction<C extends Caller, T>(
  caller: C,
  work: (caller: C) => Promise<T>,
): Promise<T> {
  if (caller.db.isTransaction) return work(caller);
  return caller.db.transaction().execute((db) => work({ ...caller, db }));
}
