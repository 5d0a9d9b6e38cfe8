// Notices that also go out as mails, for whoever is not looking at the product: in their reader's
// language, with the moment as their clock shows it.
import { post, type Letter } from '../mail/post.ts';
import { readersOf, type Reader } from '../mail/readers.ts';
import { mailLeaves } from '../mail/ready.ts';
import type { Caller } from '../store/caller.ts';
import type { NoticeKind } from './notices.ts';

/** The mail of a notice; undefined for kinds that stay in the product. */
function letterOf(
  { now }: Caller,
  reader: Reader,
  kind: NoticeKind,
  data: Readonly<Record<string, unknown>>,
): Letter | undefined {
  const said = (name: string) => String(data[name] ?? '');
  const when = now();
  switch (kind) {
    case 'password_changed':
      return { kind, reader, values: { when } };
    case 'password_given':
      return { kind, reader, values: { by: said('by'), when } };
    case 'new_device':
      return { kind, reader, values: { device: said('device'), address: said('address'), when } };
    case 'api_key_created':
      return { kind, reader, values: { key: said('name'), when } };
    case 'api_key_expiring':
      return { kind, reader, values: { key: said('name'), ends: new Date(Number(data.ends)) } };
    default:
      return undefined;
  }
}

/**
 * Posts the mail of a notice to its reader, if there is one for the kind, they have an address, and mail
 * leaves: nobody is to find a year of old news in their mailbox on the day a mail server is set.
 */
export async function mailNotice(
  caller: Caller,
  userId: number,
  kind: NoticeKind,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  const [reader] = await readersOf(caller, [userId]);
  if (!reader?.active || reader.email === '') return;
  const letter = letterOf(caller, reader, kind, data);
  if (letter && (await mailLeaves(caller))) await post(caller, [letter]);
}
