// The mailbox of a test database: every mail that would have left it, with its link alive, so that whoever
// practises can go on where a real person would.
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { heldSecret } from '../kernel/secrets.ts';
import { mustBelongTo, SETTINGS, type Caller, type Member, type Tenant } from '../store/caller.ts';
import { withLive } from './live.ts';
import * as store from './mailbox.store.ts';
import { written } from './message.ts';
import { LINK_SECRET, secretPlace } from './post.ts';
import { senderOf } from './sender.ts';

/** Mails on one page. */
const SHOWN = 50;
/** Days a caught mail is kept. */
const KEPT = 30;

/** A caught mail in the list. */
export interface CaughtMail {
  id: number;
  subject: string;
  /** Addresses, with commas between. */
  to: string;
  when: Date;
}

/** A caught mail that is opened. */
export interface OpenedMail extends CaughtMail {
  /** As its reader would get it, the live link in it. Of anybody's making: show it in a sandbox. */
  html: string;
  text: string;
  /** The address of its link, and whether that still works. */
  link: { address: string; alive: boolean } | null;
  headers: { name: string; value: string }[];
}

/** Throws Refusal `page_unknown` (404) outside test databases, `not_allowed` (403), `sign_in_first` (401). */
function keeper(caller: Caller): Member {
  const known = mustBelongTo(caller, SETTINGS);
  if (!known.tenant.test) throw new Refusal('page_unknown', { status: 404 });
  return known;
}

/**
 * A page of the caught mails, the newest first, with how many there are in all; `text` is a piece of a
 * recipient's address. Throws the refusals of `keeper`.
 */
export async function listCaught(
  caller: Caller,
  { text, page }: { text: string; page: number },
): Promise<{ mails: CaughtMail[]; count: number; pages: number; from: number }> {
  const known = keeper(caller);
  const from = isRowId(page) && page < 100_000 ? (page - 1) * SHOWN : 0;
  const wished = text.replaceAll('\0', '').trim().slice(0, 100);
  const found = await store.list(known, wished, [SHOWN, from]);
  return { ...found, from, pages: Math.max(1, Math.ceil(found.count / SHOWN)) };
}

/** The live address of a mail's link; null without one, and for one that another installation encrypted. */
function liveAddress(
  { id }: Tenant,
  { secret, messageId }: { secret: Buffer | null; messageId: string },
): string | null {
  if (!secret) return null;
  try {
    return heldSecret().decrypt(LINK_SECRET, secretPlace(id, messageId), secret);
  } catch {
    return null;
  }
}

/** One caught mail. Throws Refusal `page_unknown` (404) when there is none, and those of `keeper`. */
export async function openCaught(caller: Caller, id: number): Promise<OpenedMail> {
  const known = keeper(caller);
  const mail = isRowId(id) ? await store.find(known, id) : undefined;
  if (!mail) throw new Refusal('page_unknown', { status: 404 });
  const { messageId, from, cc, replyTo, to, subject, when } = mail;
  const address = liveAddress(known.tenant, mail);
  const body = { html: mail.html, text: mail.text };
  const lines = [
    ['From', from ?? written(await senderOf(known))],
    ['To', to],
    ['Cc', cc],
    ['Reply-To', replyTo],
    ['Subject', subject],
    ['Date', when.toUTCString()],
    ['Message-ID', messageId],
    ...Object.entries(mail.headers),
  ] as [string, unknown][];
  return {
    ...{ id: mail.id, subject, to, when },
    ...(address === null ? body : withLive(body, address)),
    link: address === null ? null : { address, alive: mail.linkAlive },
    headers: lines
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** Deletes every caught mail; answers how many there were. Throws the refusals of `keeper`. */
export async function emptyMailbox(caller: Caller): Promise<number> {
  return store.empty(keeper(caller));
}

/**
 * Deletes what a test database caught more than thirty days ago, unless its link still lives; answers how
 * many mails. Any other database catches none.
 */
export async function sweepMailbox({ tenant, db, now }: Caller): Promise<number> {
  return tenant.test ? store.sweep(db, tenant.id, { now: now(), days: KEPT }) : 0;
}
