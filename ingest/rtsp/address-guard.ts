import { isIP } from 'node:net';
import {
  hiddenAddress,
  isWithin,
  type Network,
  parseNetwork,
  plainAddress,
  type Resolve,
  resolveBySystem,
} from '../../core/ip-address.ts';
import { ingestError, streamError } from '../errors.ts';

/** An address that may be connected to, and the URL that leads to it and nowhere else. */
export interface PinnedAddress {
  /** The host is an IP address; no user name, no password. */
  url: string;
  address: string;
  port: number;
  isTls: boolean;
}

export interface AddressGuardOptions {
  /** CIDR blocks or single addresses. Empty: nothing is allowed. */
  allowedNetworks: readonly string[];
  resolve?: Resolve;
}

/** RFC 2326 section 3.2; rtsps is registered with IANA for port 322. */
const defaultPorts = new Map([
  ['rtsp:', 554],
  ['rtsps:', 322],
]);

const forbidden = (what: string) => streamError('address-forbidden', what);

/** Reads the site's list of networks. Throws `network-invalid` naming the entry. */
export const parseNetworks = (networks: readonly string[]): Network[] =>
  networks.map((text) => {
    const network = parseNetwork(text);
    if (network) return network;
    throw ingestError(
      'network-invalid',
      `'${text}' is not a network; write it as 192.168.7.0/24 or as one address`,
    );
  });

const parseCameraUrl = (text: string): URL => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get through
  if (text.startsWith('-') || /[\u0000-\u0020\u007f"<>\\^`{|}]/.test(text) || !URL.canParse(text)) {
    throw forbidden('the address is not a URL; write it as rtsp://host/path');
  }
  const url = new URL(text);
  if (!defaultPorts.has(url.protocol)) {
    throw forbidden(`the address begins with '${url.protocol}'; only rtsp and rtsps are opened`);
  }
  if (url.username !== '' || url.password !== '' || text.split(/[/?#]/, 3)[2]?.includes('@')) {
    throw forbidden('the address carries a user name or password; put them into the secrets file');
  }
  if (!/^[A-Za-z0-9._-]+$|^\[[0-9A-Fa-f:.]+\]$/.test(url.hostname) || url.hostname.startsWith('-')) {
    throw forbidden('the host in the address is neither a name nor an IP address');
  }
  if (url.port === '0') throw forbidden('the port in the address is 0');
  return url;
};

/** Checks camera addresses against the networks of the site before anything is sent to them. */
export class AddressGuard {
  readonly #allowed: readonly Network[];
  readonly #resolve: Resolve;

  constructor({ allowedNetworks, resolve = resolveBySystem }: AddressGuardOptions) {
    this.#allowed = parseNetworks(allowedNetworks);
    this.#resolve = resolve;
  }

  /** An address behind which a gateway leads to another is allowed only where the other is too. */
  isAllowed(address: string): boolean {
    const hidden = hiddenAddress(address);
    return isWithin(address, this.#allowed) && (hidden === undefined || isWithin(hidden, this.#allowed));
  }

  /**
   * Resolves the host once and pins the URL to the address found: a name cannot lead elsewhere a moment later.
   * All addresses of the name must be allowed. Throws `stream-address-forbidden`, `stream-unreachable`.
   */
  async pin(text: string): Promise<PinnedAddress> {
    const url = parseCameraUrl(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) === 0 ? await this.#lookUp(host) : [host];
    const first = addresses[0];
    if (first === undefined) throw streamError('unreachable', `the name '${host}' has no address`);
    for (const address of addresses) {
      if (!this.isAllowed(address)) {
        throw forbidden(`'${host}' is at ${address}, which is in none of the site's allowed networks`);
      }
    }
    const address = plainAddress(first);
    const port = url.port === '' ? (defaultPorts.get(url.protocol) ?? 554) : Number(url.port);
    const shown = isIP(address) === 6 ? `[${address}]` : address;
    const isTls = url.protocol === 'rtsps:';
    return {
      url: `${url.protocol}//${shown}:${port}${url.pathname}${url.search}`,
      address,
      port,
      isTls,
    };
  }

  async #lookUp(host: string): Promise<string[]> {
    try {
      return await this.#resolve(host);
    } catch (error) {
      throw streamError('unreachable', `the name '${host}' could not be resolved; check it and the DNS`, {
        cause: error,
      });
    }
  }
}
