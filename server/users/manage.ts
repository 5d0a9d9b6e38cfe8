// Who may do for people what an administrator does: send links, print letters, give passwords.
import { mustManage } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import { readersOf, type Reader } from '../mail/readers.ts';
import type { Asker } from '../models/define.ts';
import { checkRows } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { mustUse } from '../models/rights.ts';
import { ACCESS_RIGHTS, mustBelongTo } from '../store/caller.ts';

/**
 * Throws Refusal `not_allowed` (403) for those who do not give access rights, `access_model` or
 * `access_rule` (403), `record_missing` (404), and `person_above` (403) as `mustManage` does.
 */
export async function mustHelp(asker: Asker, ids: readonly number[]): Promise<void> {
  mustBelongTo(asker, ACCESS_RIGHTS);
  const model = findModel('res.users');
  mustUse(asker, model, 'write');
  await checkRows(asker, model, ids, 'write');
  await mustManage(asker, ids);
}

/**
 * The people whom something is done for, in the order of their numbers. Throws what `mustHelp` throws, and
 * Refusal `user_archived` (409).
 */
export async function helped(asker: Asker, ids: readonly number[]): Promise<Reader[]> {
  await mustHelp(asker, ids);
  const readers = await readersOf(asker, ids);
  const archived = readers.find(({ active }) => !active);
  if (archived)
    throw new Refusal('user_archived', { status: 409, values: { login: archived.login } });
  return readers.sort((a, b) => a.userId - b.userId);
}
