// Posting a mail: composed in the reader's language and stored in the transaction of its cause. The office
// delivers it afterwards; a test database keeps it in its own mailbox.
import { setImmediate } from 'node:timers/promises';
import { baseOf } from '../kernel/installation.ts';
import { heldSecret, newToken } from '../kernel/secrets.ts';
import type { NewLink } from '../links/links.ts';
import type { Caller } from '../store/caller.ts';
import { compose, type Composed } from './compose.ts';
import type { kinds, MailKind } from './kinds.ts';
import { readLetterhead, type Letterhead } from './letterhead.ts';
import { blotted } from './live.ts';
import * as store from './post.store.ts';
import type { Reader } from './readers.ts';

/** What whoever posts a mail of this kind has to give. */
type Given<K extends MailKind> = Exclude<
  (typeof kinds)[K]['variables'][number],
  'link' | 'life' | 'inviter'
>;

interface LetterOf<K extends MailKind> {
  kind: K;
  reader: Reader;
  /** Where it goes when that is not the reader's own address. */
  to?: string;
  /** Fills the words of the kind: texts in the reader's language, and dates. */
  values?: Readonly<Record<string, string | Date>>;
  link?: NewLink;
  /** Mails that were asked for in one request have the same. */
  batch?: string;
}

/** A mail to be posted. */
export type Letter = {
  [K in MailKind]: [Given<K>] extends [never]
    ? LetterOf<K>
    : LetterOf<K> & { values: Readonly<Record<Given<K>, string | Date>> };
}[MailKind];

/** What the live address of a mail's link is encrypted under, and bound to. */
export const LINK_SECRET = 'link in a mail';

/** Where the secret of a mail is kept, for `encrypt` and `decrypt`. */
export function secretPlace(tenantId: number, messageId: string): string {
  return `${tenantId}/${messageId}`;
}

// Stable over all tries, so that whoever gets a mail twice can tell (RFC 5322, 3.6.4).
function newMessageId({ tenant }: Caller): string {
  return `<${newToken()}@${new URL(baseOf(tenant)).hostname}>`;
}

function stored(caller: Caller, head: Letterhead, letter: Letter): store.NewMail {
  const { tenant } = caller;
  const { kind, reader, to = reader.email, values = {}, link, batch } = letter;
  const live = link ? baseOf(tenant) + link.path : undefined;
  const shown = link && live ? { shown: blotted(live), expiresAt: link.expiresAt } : undefined;
  const messageId = newMessageId(caller);
  const place = secretPlace(tenant.id, messageId);
  return {
    ...compose(caller, head, { kind, reader, values, link: shown }),
    kind,
    messageId,
    to,
    batch: batch ?? null,
    userId: reader.userId,
    partnerId: reader.partnerId,
    linkId: link?.id ?? null,
    secret: live === undefined ? null : heldSecret().encrypt(LINK_SECRET, place, live),
  };
}

/** Stores a mail that is composed already and holds no live link; answers its number. */
export async function postComposed(
  caller: Caller,
  { kind, reader }: { kind: MailKind; reader: Reader },
  mail: Composed,
): Promise<number> {
  const { userId, partnerId, email: to } = reader;
  const messageId = newMessageId(caller);
  const rest = { batch: null, linkId: null, secret: null };
  const [id] = await store.insert(caller, [
    { ...mail, kind, messageId, to, userId, partnerId, ...rest },
  ]);
  return id!;
}

/** Mails that are stored in one statement. */
const AT_ONCE = 100;

/** Mails that are written before anything else gets its turn: a thousand must not hold up the others. */
const IN_A_ROW = 20;

async function written(
  caller: Caller,
  head: Letterhead,
  letters: readonly Letter[],
): Promise<store.NewMail[]> {
  const mails: store.NewMail[] = [];
  for (const letter of letters) {
    mails.push(stored(caller, head, letter));
    if (mails.length % IN_A_ROW === 0) await setImmediate();
  }
  return mails;
}

/**
 * Stores the mails; answers their numbers. A reader without an address is passed over by the caller. While
 * the database stores some, the next are written.
 */
export async function post(caller: Caller, letters: readonly Letter[]): Promise<number[]> {
  if (letters.length === 0) return [];
  const kinds = letters.map(({ kind }) => kind);
  const head = await readLetterhead(caller, kinds);
  const ids: number[] = [];
  let storing: Promise<number[]> = Promise.resolve([]);
  for (let at = 0; at < letters.length; at += AT_ONCE) {
    const mails = await written(caller, head, letters.slice(at, at + AT_ONCE));
    ids.push(...(await storing));
    storing = store.insert(caller, mails);
    // It is awaited below: nobody is to call it unhandled meanwhile.
    storing.catch(() => undefined);
  }
  return [...ids, ...(await storing)];
}
