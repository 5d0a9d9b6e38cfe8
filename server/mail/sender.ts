// Whom mails come from: the co-operative, by the address of its main company, else the operator's.
import { baseOf, installation } from '../kernel/installation.ts';
import type { Caller } from '../store/caller.ts';
import { addressesIn } from './addresses.ts';
import * as store from './sender.store.ts';

/** A name and an address. */
export interface Sender {
  name: string;
  address: string;
}

/** The sender of the tenant's mails. */
export async function senderOf(caller: Caller): Promise<Sender> {
  const own = await store.companyAddress(caller);
  const host = new URL(baseOf(caller.tenant)).hostname;
  const [address] = [own, installation().mailFrom, `noreply@${host}`].flatMap((text) =>
    addressesIn(text),
  );
  return { name: caller.tenant.title, address: address ?? `noreply@${host}` };
}
