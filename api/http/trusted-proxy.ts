import { isWithin, parseNetwork } from '../../core/ip-address.ts';

/**
 * Whether an address is that of a proxy which is believed when it says for whom it asks. The site's schema takes addresses alone:
 * a network would believe whoever is in it. Written in several ways it is the same address.
 */
export const isTrustedProxy = (address: string, proxies: readonly string[] = []): boolean =>
  proxies.length > 0 &&
  isWithin(
    address,
    proxies.flatMap((proxy) => parseNetwork(proxy) ?? []),
  );
