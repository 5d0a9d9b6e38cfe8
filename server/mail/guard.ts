// Which hosts a co-operative's mail server may be at: none on inner networks, unless the operator named
// them. What is checked is the address that is connected to, so a name that changes its mind is no way in.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net';
import { installation } from '../kernel/installation.ts';
import { Refusal } from '../kernel/refusal.ts';

// IANA's special-purpose registry, version 4: all that is not the public Internet.
const inner4 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner4.addSubnet(net, bits);

// Version 6: only global unicast is public, and of it not what leads elsewhere (tunnels, documentation).
const public6 = new BlockList();
public6.addSubnet('2000::', 3, 'ipv6');
const inner6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inner6.addSubnet(net, bits, 'ipv6');

/** Eight numbers of an address of version 6. */
function groupsOf(address: string): number[] {
  // Node writes the last four bytes of mapped addresses with dots: turn them into two groups.
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [(Number(a) << 8) | Number(b), (Number(c) << 8) | Number(d)]
      .map((group) => group.toString(16))
      .join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const read = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const [first, last] = [read(head), read(tail)];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** The address of version 4 inside one of version 6: mapped (::ffff:0:0/96) or translated (64:ff9b::/96). */
function embedded4(groups: readonly number[]): string | undefined {
  const head = groups.slice(0, 6).join(':');
  if (head !== '0:0:0:0:0:65535' && head !== `${0x64}:${0xff9b}:0:0:0:0`) return undefined;
  const [high, low] = [groups[6]!, groups[7]!];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether an address belongs to this machine, an inner network, or nobody. */
export function isInner(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 4) return inner4.check(plain);
  if (!isIPv6(plain)) return true;
  const { address: canonical } = new SocketAddress({ address: plain, family: 'ipv6' });
  const inside = embedded4(groupsOf(canonical));
  if (inside) return inner4.check(inside);
  return !public6.check(canonical, 'ipv6') || inner6.check(canonical, 'ipv6');
}

const bare = (host: string) =>
  host
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

/** Whether the operator named this host as one that tenants may use wherever it is. */
function isNamed(host: string): boolean {
  const named = installation().mailHosts;
  return named.includes('*') || named.some((one) => bare(one) === bare(host));
}

/**
 * The address to connect to for a host that a tenant named. Throws Refusal `mail_host_unknown` (422) where
 * the name leads nowhere, `mail_host_inner` (422) where it leads inside.
 */
export async function addressFor(host: string): Promise<string> {
  const name = bare(host);
  const found = await lookup(name, { all: true }).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal('mail_host_unknown', { status: 422, field: 'smtp_host', detail });
  });
  const addresses = found.map(({ address }) => address);
  // One inner address among public ones is no accident.
  if (!isNamed(name) && (addresses.length === 0 || addresses.some(isInner)))
    throw new Refusal('mail_host_inner', { status: 422, field: 'smtp_host', detail: name });
  // Version 4 first: hosts without a way out over version 6 are still common.
  return addresses.find((address) => isIP(address) === 4) ?? addresses[0]!;
}
