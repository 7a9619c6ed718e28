import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses of a host name, as text. */
export type Resolve = (host: string) => Promise<string[]>;

export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses that begin with the same bits. */
export interface Network {
  address: Address;
  bits: number;
}

/** A network as `address/bits`, or one address alone; undefined when the text is neither. */
export const parseNetwork = (text: string): Network | undefined => {
  const [, written = '', length] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (isIP(written) === 0) return undefined; // the library takes forms that nobody means, such as 0x7f.1
  const address = ipaddr.parse(written);
  const most = address.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (bits > most) return undefined;
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= mappedBits;
  return isMapped ? { address: address.toIPv4Address(), bits: bits - mappedBits } : { address, bits };
};

/** Where the IPv4 address begins in `::ffff:10.0.0.1` (RFC 4291 section 2.5.5.2). */
const mappedBits = 96;

/** Networks that stand in the source. Throws a `TypeError` at one that is none. */
export const networksOf = (...texts: readonly string[]): Network[] =>
  texts.map((text) => {
    const network = parseNetwork(text);
    if (network) return network;
    throw new TypeError(`'${text}' is not a network`);
  });

/** Whether an address lies in one of the networks; what is no address, or has a zone, lies in none. */
export const isWithin = (text: string, networks: readonly Network[]): boolean => {
  if (isIP(text) === 0 || text.includes('%')) return false;
  const address = ipaddr.process(text);
  return networks.some((network) => matches(address, network));
};

const matches = (address: Address, { address: of, bits }: Network): boolean => {
  if (address instanceof ipaddr.IPv4) return of instanceof ipaddr.IPv4 && address.match(of, bits);
  return of instanceof ipaddr.IPv6 && address.match(of, bits);
};

/** An IPv4 address that hides in an IPv6 one as `::ffff:10.0.0.1` comes out. */
export const plainAddress = (address: string): string =>
  isIP(address) === 6 ? ipaddr.process(address).toString() : address;

/**
 * The IPv4 address to which a gateway leads whoever connects to an IPv6 one (NAT64 RFC 6052 and RFC 8215, 6to4 RFC 3056,
 * Teredo RFC 4380); undefined when it leads to none.
 */
export const hiddenAddress = (text: string): string | undefined => {
  if (isIP(text) !== 6 || text.includes('%')) return undefined;
  const found = gateways.find(({ networks }) => isWithin(text, networks));
  if (!found) return undefined;
  const bytes = ipaddr
    .parse(text)
    .toByteArray()
    .slice(found.at, found.at + 4);
  return bytes.map((byte) => byte ^ found.mask).join('.');
};

const gateways = [
  { networks: networksOf('64:ff9b::/96', '64:ff9b:1::/48'), at: 12, mask: 0 },
  { networks: networksOf('2002::/16'), at: 2, mask: 0 },
  { networks: networksOf('2001::/32'), at: 12, mask: 0xff },
];
