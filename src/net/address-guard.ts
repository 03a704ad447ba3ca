import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `public`: anybody's internet. `allowed`: on the operator's list. `blocked`: neither. */
export type Verdict = 'public' | 'allowed' | 'blocked';

export interface AddressGuard {
  judge(address: string): Verdict;
}

/** Which IP addresses requests may go to: the public internet, and the ranges in `allow` (CIDRs or single addresses). */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const ranges = allow.map(parseRange);
  return {
    judge(text) {
      const address = parseAddress(text);
      if (!address) return 'blocked';
      if (ranges.some((range) => contains(range, address))) return 'allowed';
      return isPublic(address) ? 'public' : 'blocked';
    },
  };
}

/** The range an operator would name to allow `address`: the private network it is part of, or just itself. */
export function rangeToAllow(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  const known = privateNetworks.find((range) => contains(ipaddr.parseCIDR(range), address));
  return known ?? `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`;
}

/** One spelling per address: no zone, IPv4 in IPv6 clothes as IPv4. Null when it is no address. */
export function plainAddress(text: string): string | null {
  return parseAddress(text)?.toString() ?? null;
}

const privateNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
];

// ipaddr.js calls parts of these "unicast"; none is a newsroom's server, and some carry an IPv4 address inside.
const neverPublic = [
  '168.63.129.16/32', // a cloud's machine-metadata service on an address that looks public
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
].map((range) => ipaddr.parseCIDR(range));

const globalUnicast = ipaddr.parseCIDR('2000::/3');

function isPublic(address: Address): boolean {
  if (neverPublic.some((range) => contains(range, address)) || address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (contains(globalUnicast, address) && !isIsatap(address as ipaddr.IPv6));
}

/** Interface id `0:5efe:a.b.c.d` or `200:5efe:a.b.c.d`: a tunnel to that IPv4 address (RFC 5214). */
function isIsatap(address: ipaddr.IPv6): boolean {
  return address.parts[5] === 0x5efe && ((address.parts[4] ?? 0) & 0xfdff) === 0;
}

function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  // ipaddr.js also reads `0x7f.1`; what reaches here is a URL's host or a resolver's answer, both in full form.
  if (isIP(bare) === 0) return null;
  const address = ipaddr.parse(bare);
  if (address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()) {
    return (address as ipaddr.IPv6).toIPv4Address();
  }
  return address;
}

function parseRange(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function contains(range: [Address, number], address: Address): boolean {
  return range[0].kind() === address.kind() && address.match(range as [ipaddr.IPv4, number] & [ipaddr.IPv6, number]);
}
