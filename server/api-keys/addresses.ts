// The addresses a key may be used from: single ones, or networks such as 192.0.2.0/24.
import { BlockList, isIP } from 'node:net';
import { Refusal } from '../kernel/refusal.ts';

/** Longest list of one key. */
const MOST = 50;

interface Network {
  address: string;
  bits: number;
  family: 'ipv4' | 'ipv6';
}

function readNetwork(text: string): Network | null {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes('%')) return null;
  const most = version === 4 ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const bits = length === undefined ? most : Number(length);
  return bits <= most ? { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
}

/**
 * The list as typed, separated by spaces, commas or lines; null where nothing is typed: any address
 * will do. Throws Refusal `key_address_invalid` naming the first wrong one, `key_addresses_many`.
 */
export function readAddresses(text: string): string[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const wrong = parts.find((part) => readNetwork(part) === null);
  if (wrong !== undefined)
    throw new Refusal('key_address_invalid', {
      field: 'addresses',
      values: { address: wrong.slice(0, 60) },
    });
  if (parts.length > MOST)
    throw new Refusal('key_addresses_many', { field: 'addresses', values: { most: MOST } });
  return parts.length > 0 ? [...new Set(parts)] : null;
}

/** Whether `address` lies in one of the networks; an IPv4 address in IPv6's clothes is the same. */
export function isAmong(address: string, networks: readonly string[]): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (network) list.addSubnet(network.address, network.bits, network.family);
  }
  return list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
