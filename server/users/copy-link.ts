// A link that an administrator hands on in another way: shown once, traced, and told to its person.
import { Refusal } from '../kernel/refusal.ts';
import { baseOf } from '../kernel/installation.ts';
import { makeLinks } from '../links/links.ts';
import { qrOf, type Qr } from '../links/qr.ts';
import type { Reader } from '../mail/readers.ts';
import type { Asker } from '../models/define.ts';
import { asking } from '../models/rights.ts';
import { notify } from '../notices/notices.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import { record } from './events.ts';
import { purposeFor } from './invite.ts';
import { helped } from './manage.ts';

/** Whom a link is for. */
export interface LinkOffer {
  id: number;
  name: string;
  login: string;
  /** It sets their first password. */
  first: boolean;
}

/** A link just made: the only time it is shown. */
export interface CopiedLink extends LinkOffer {
  address: string;
  qr: Qr;
  expiresAt: Date;
}

const offerOf = (reader: Reader): LinkOffer => ({
  id: reader.userId,
  name: reader.name,
  login: reader.login,
  first: purposeFor(reader) === 'invitation',
});

/**
 * Nobody makes a link for themselves: it would change their password without the present one. Throws
 * Refusal `link_own` (409), and what `helped` throws.
 */
export async function othersHelped(asker: Asker, ids: readonly number[]): Promise<Reader[]> {
  if (ids.includes(asker.person.id)) throw new Refusal('link_own', { status: 409 });
  return helped(asker, ids);
}

/** Whom a link would be made for. Throws what `othersHelped` throws. */
export async function offerLink(caller: Caller, id: number): Promise<LinkOffer> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const [reader] = await othersHelped(asker, [id]);
    return offerOf(reader!);
  });
}

/** Makes the link; older ones of its kind end. Throws what `othersHelped` throws. */
export async function copyLink(caller: Caller, id: number): Promise<CopiedLink> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const [reader] = await othersHelped(asker, [id]);
    const wish = { userId: id, purpose: purposeFor(reader!), way: 'copy' } as const;
    const [link] = await makeLinks(asker, [wish]);
    await record(asker, id, 'link_copied');
    await notify(asker, id, 'link_copied', { by: asker.person.name });
    const address = baseOf(asker.tenant) + link!.path;
    return { ...offerOf(reader!), address, qr: qrOf(address), expiresAt: link!.expiresAt };
  });
}
