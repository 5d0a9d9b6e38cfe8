// Partners that somebody has an account with: what is done to such a partner is done to the person.
import { mustManage } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Asker } from '../models/define.ts';
import { findModel } from '../models/registry.ts';
import { mayUse } from '../models/rights.ts';
import { afterChange, askAddress } from '../preferences/address.ts';
import { mailLeaves } from '../mail/ready.ts';
import { ACCESS_RIGHTS, type Caller } from '../store/caller.ts';
import * as store from './accounts.store.ts';

/**
 * Asks whether the asker may give these partners another e-mail address, which is where the way back
 * into an account leads. Their own they may; else they need to be able to manage every person behind
 * them, and for colleagues the right to change accounts. Throws Refusal `person_above` (403),
 * `access_model` (403) as `partner_has_user` (409) does for archiving.
 */
export async function mustReaddress(asker: Asker, partnerIds: readonly number[]): Promise<void> {
  if (asker.system !== undefined) return;
  const holders = await store.holdersOf(asker, partnerIds);
  const others = holders.filter(({ id }) => id !== asker.person.id);
  await mustManage(
    asker,
    others.map(({ id }) => id),
  );
  const colleagues = others.some(({ internal }) => internal);
  if (colleagues && !mayUse(asker, findModel('res.users'), 'write'))
    throw new Refusal('not_allowed', { status: 403, detail: 'address of a colleague' });
}

/**
 * Asks whether these partners may be archived or deleted: only an archived account lets its partner go.
 * Throws Refusal `person_above` (403), `partner_has_user` (409).
 */
export async function mustLetGo(asker: Asker, partnerIds: readonly number[]): Promise<void> {
  const holders = await store.holdersOf(asker, partnerIds);
  await mustManage(
    asker,
    holders.map(({ id }) => id),
  );
  if (holders.some(({ active }) => active)) throw new Refusal('partner_has_user', { status: 409 });
}

/** E-mail addresses of the people behind these partners, to tell later whom the change concerns. */
export async function addressesOf(caller: Caller, partnerIds: readonly number[]) {
  return store.holdersOf(caller, partnerIds);
}

/**
 * What is left of values for these partners: an address of the asker's own waits until it is confirmed,
 * unless they look after accounts or mail does not leave. Throws Refusal `not_allowed` (403) for one's own
 * partner among others, and `too_many_tries` (429).
 */
export async function setAsideOwn<V extends Readonly<Record<string, unknown>>>(
  asker: Asker,
  partnerIds: readonly number[],
  values: V,
): Promise<V> {
  const { person, system } = asker;
  const own = partnerIds.includes(person.partnerId) && system === undefined;
  const to = values.email;
  if (!own || typeof to !== 'string' || to === (person.email ?? '')) return values;
  if (person.groups.has(ACCESS_RIGHTS) || !(await mailLeaves(asker))) return values;
  if (partnerIds.length > 1)
    throw new Refusal('not_allowed', { status: 403, detail: 'own address among others' });
  await askAddress(asker, to);
  const { email: _waiting, ...rest } = values;
  return rest as unknown as V;
}

/** Tells everybody whose address is another one than before, at the old one too. */
export async function tellReaddressed(
  caller: Caller,
  before: readonly { id: number; partnerId: number; email: string | null }[],
): Promise<void> {
  const partners = [...new Set(before.map(({ partnerId }) => partnerId))];
  const now = new Map((await store.holdersOf(caller, partners)).map((one) => [one.id, one.email]));
  for (const { id, email } of before) {
    const to = now.get(id);
    if (to !== undefined && (to ?? '') !== (email ?? ''))
      await afterChange(caller, id, { from: email ?? '', to: to ?? '', kind: 'address_changed' });
  }
}
