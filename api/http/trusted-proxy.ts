import { BlockList, isIP } from 'node:net';

/**
 * Whether an address is that of a proxy which is believed when it says for whom it asks. Addresses alone, no networks: a
 * network would believe whoever is in it. Written in several ways it is the same address.
 */
export const isTrustedProxy = (address: string, proxies: readonly string[] = []): boolean => {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const version = isIP(proxy);
    if (version !== 0) trusted.addAddress(proxy, version === 4 ? 'ipv4' : 'ipv6');
  }
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6');
};
