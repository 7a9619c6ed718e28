import { isIP } from 'node:net';
import { isWithin, networksOf, type Resolve } from '../../core/ip-address.ts';
import { alertsError } from '../errors.ts';

/** Where a service may stand. */
export interface ServiceGround {
  /** Private networks and this machine itself too. */
  isPrivate: boolean;
  /** Networks (CIDR) that are allowed whatever they are. */
  networks?: readonly string[];
}

/**
 * Where no service stands: unspecified, link-local (a cloud's metadata), multicast, reserved, and IPv6 addresses in which
 * an IPv4 one hides (NAT64 RFC 6052, 6to4 RFC 3056, Teredo RFC 4380).
 */
const nowhere = networksOf(
  ...['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', 'fe80::/10', 'ff00::/8', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'],
);

/** Loopback, private (RFC 1918, RFC 4193, RFC 3879), shared by carriers (RFC 6598), for protocols and tests (RFC 6890). */
const privateNetworks = networksOf(
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24'],
  ...['198.18.0.0/15', '::1/128', 'fc00::/7', 'fec0::/10'],
);

export const isAllowedAddress = (address: string, { isPrivate, networks = [] }: ServiceGround): boolean => {
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (isWithin(address, networksOf(...networks))) return true;
  if (isWithin(address, nowhere)) return false;
  return isPrivate || !isWithin(address, privateNetworks);
};

/**
 * Resolves the host of an address once. All that the name leads to must be allowed, and nothing else is connected to: a
 * name cannot lead elsewhere a moment later. Throws `service-address-forbidden` or `service-unreachable`.
 */
export const resolveService = async (
  { hostname }: URL,
  ground: ServiceGround,
  resolve: Resolve,
): Promise<string[]> => {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await lookUp(host, resolve) : [host];
  if (addresses.length === 0) throw alertsError('service-unreachable', `the name '${host}' has no address`);
  const wrong = addresses.find((address) => !isAllowedAddress(address, ground));
  if (wrong === undefined) return addresses;
  throw alertsError(
    'service-address-forbidden',
    `'${host}' is at ${wrong}, where no service of this kind may stand; a webhook in a private network says isPrivate`,
  );
};

const lookUp = (host: string, resolve: Resolve): Promise<string[]> =>
  resolve(host).catch((cause: unknown) => {
    throw alertsError('service-unreachable', `the name '${host}' could not be resolved`, { cause });
  });
