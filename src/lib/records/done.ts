// The word after an act: what was done, to how many.
import { t } from '#lib/words.ts';
import type { Key } from '#locales/words.ts';

const sentences: Record<string, Key> = {
  saved: 'records.saved',
  created: 'records.created',
  archived: 'records.archived-done',
  unarchived: 'records.unarchived-done',
  duplicated: 'records.duplicated',
  deleted: 'records.deleted',
  signed_out: 'users.signed-out',
  password_set: 'link.done',
  invited: 'users.created-invited',
  link_sent: 'users.link-sent',
  passwords_given: 'users.passwords-given',
  link_kept: 'users.link-kept',
  mail_sent: 'mail-page.sent-done',
  mail_cancelled: 'mail-page.cancel-done',
};

/** The sentence for what the address says was done; nothing for anything else. */
export function doneText(done: string | null, count = 1): string | false {
  const key = done === null ? undefined : sentences[done];
  return key !== undefined && t(key, { count });
}
