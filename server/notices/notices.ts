// What the house tells a person inside the product: security notices and messages, newest first.
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { inTransaction, member, type Caller } from '../store/caller.ts';
import { mailNotice } from './by-mail.ts';
import * as store from './notices.store.ts';

/**
 * Every kind of notice; its sentences are `notice.<kind>.title` and `notice.<kind>.body`. In `data`:
 * password_given, link_copied and letter_printed `by`; email_changed `from` and `to`; new_device `device` and `address`; api_key_created `name`;
 * api_key_expiring `name` and `ends` (milliseconds); api_key_revoked `name` and `by`;
 * reset_unreachable, to administrators, `name` and `login`.
 */
export type NoticeKind =
  | 'welcome'
  | 'password_changed'
  | 'password_given'
  | 'link_copied'
  | 'letter_printed'
  | 'email_changed'
  | 'new_device'
  | 'api_key_created'
  | 'api_key_expiring'
  | 'api_key_revoked'
  | 'reset_unreachable'
  | 'mail_failed';

/** A notice as its reader gets it; `data` fills the placeholders of its sentences. */
export interface Notice {
  id: number;
  kind: string;
  data: Record<string, unknown>;
  createdAt: Date;
  read: boolean;
}

/**
 * Tells a person of the caller's tenant something: inside the product, and by mail what concerns the
 * safety of their account. All or nothing.
 */
export async function notify(
  caller: Caller,
  userId: number,
  kind: NoticeKind,
  data: Record<string, unknown> = {},
): Promise<void> {
  await inTransaction(caller, async (inside) => {
    await store.insert(inside, userId, kind, data);
    await mailNotice(inside, userId, kind, data);
  });
}

const MOST_LISTED = 200;

/** The caller's own notices, newest first; `before` is the id of the one to go on behind. */
export async function listNotices(
  caller: Caller,
  { limit = 50, before }: { limit?: number; before?: number } = {},
): Promise<Notice[]> {
  const { person } = member(caller);
  if (before !== undefined && !isRowId(before)) return [];
  return store.listOf(caller, person.id, Math.min(limit, MOST_LISTED), before);
}

/** Marks all of the caller's notices as read; answers how many were not. */
export async function markAllRead(caller: Caller): Promise<number> {
  return store.markAllRead(caller, member(caller).person.id);
}

/** Marks one of the caller's notices as read. Throws Refusal `notice_unknown` (404). */
export async function markRead(caller: Caller, id: number): Promise<void> {
  const { person } = member(caller);
  const known = isRowId(id) && (await store.markRead(caller, person.id, id));
  if (!known) throw new Refusal('notice_unknown', { status: 404 });
}
