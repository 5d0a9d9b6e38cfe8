// A stored mail as it leaves: with the live link in place of the blots, and from whom it is.
import { heldSecret } from '../kernel/secrets.ts';
import type { Caller } from '../store/caller.ts';
import { addressesIn, domainOf } from './addresses.ts';
import type { Taken } from './delivery.store.ts';
import { withLive } from './live.ts';
import { LINK_SECRET, secretPlace } from './post.ts';
import type { Sender } from './sender.ts';
import type { AnyServer } from './servers.ts';
import type { Message } from './transport.ts';

/** The body with the live link in it; throws when that was encrypted by another installation. */
function bodyOf({ tenant }: Caller, { html, text, secret, messageId }: Taken) {
  if (!secret) return { html, text };
  const place = secretPlace(tenant.id, messageId);
  return withLive({ html, text }, heldSecret().decrypt(LINK_SECRET, place, secret));
}

/** Whom a mail is for. What the house sends goes to its one address; its partners are for the record. */
export function addresseesOf({ kind, to, cc, partners }: Taken): { to: string[]; cc: string[] } {
  if (kind !== null) return { to: addressesIn(to), cc: [] };
  const all = [...addressesIn(to), ...partners.flatMap((text) => addressesIn(text))];
  const direct = [...new Set(all)];
  return { to: direct, cc: addressesIn(cc).filter((address) => !direct.includes(address)) };
}

/**
 * Whom a mail is from: the co-operative, or what somebody wrote in a mail of their own. By the operator's
 * server, which many share, nobody but the co-operative's own domain; else the answer goes to the other.
 */
export function fromOf(mail: Taken, sender: Sender, server: AnyServer) {
  const [own] = mail.kind === null ? addressesIn(mail.from) : [];
  if (own === undefined) return { from: sender, replyTo: mail.replyTo ?? undefined };
  if (server.id === null && domainOf(own) !== domainOf(sender.address))
    return { from: sender, replyTo: mail.replyTo ?? own };
  return { from: { name: sender.name, address: own }, replyTo: mail.replyTo ?? undefined };
}

/** How a sender is written down. */
export function written({ name, address }: Sender): string {
  return `"${name.replace(/["\\]/g, '')}" <${address}>`;
}

/** Headers of what no person wrote (RFC 3834): nobody's absence is to answer it. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** The mail, ready to be sent; the error of its secret when that cannot be read. */
export function messageOf(
  caller: Caller,
  mail: Taken,
  { from, replyTo }: ReturnType<typeof fromOf>,
  attachments: Message['attachments'],
): Message {
  const { html, text } = bodyOf(caller, mail);
  return {
    ...addresseesOf(mail),
    from,
    replyTo,
    subject: mail.subject,
    html,
    ...(text === '' ? {} : { text }),
    messageId: mail.messageId,
    headers: mail.kind === null ? mail.headers : { ...AUTOMATIC, ...mail.headers },
    attachments,
  };
}
