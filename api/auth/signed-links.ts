import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../core/runtime/clock.ts';
import { apiError } from '../errors.ts';
import type { Authenticator } from './authenticator.ts';
import type { Principal } from './principal.ts';

export interface SignedLinksDeps {
  authenticator: Pick<Authenticator, 'principal'>;
  clock: Clock;
  /** Shared by all API processes of a site. */
  key: Buffer;
}

export type LinkKind = 'sig' | 'ticket';

export interface SignedLink {
  url: string;
  expiresAt: number;
}

/** For pictures and players, which send no header; a ticket opens one live stream, once. */
const validMs = { sig: 5 * 60_000, ticket: 30_000 };
const maxUsed = 10_000;
const sigPattern = /^([0-9a-z]{1,12})\.([\w-]{1,200})\.([\w-]{12})\.([\w-]{43})$/;

/** Who holds a link, and the session in which they asked for it, by the hash of its token. */
const toHolder = (id: string, session: string | undefined): string =>
  Buffer.from(session === undefined ? id : `${id} ${session}`).toString('base64url');

/**
 * Addresses that say who asks. They name the user, the session if there is one, and nothing more: rights, ground and
 * secret are those of the moment in which one is used, and a changed secret or the session's end ends them.
 */
export class SignedLinks {
  readonly #deps: SignedLinksDeps;
  /** Tickets used in this process, with their ends; oldest first. */
  readonly #used = new Map<string, number>();

  constructor(deps: SignedLinksDeps) {
    this.#deps = deps;
  }

  sign(kind: LinkKind, path: string, { id, session }: Principal): SignedLink {
    const expiresAt = Math.round(this.#deps.clock.now()) + validMs[kind];
    const nonce = randomBytes(9).toString('base64url');
    const facts = `${expiresAt.toString(36)}.${toHolder(id, session)}.${nonce}`;
    const mac = this.#mac(kind, path, facts, this.#deps.authenticator.principal(id, session));
    return { url: `${path}?${kind}=${facts}.${mac.toString('base64url')}`, expiresAt };
  }

  /** Who asks, when the address says so and the route takes that. Throws `link-invalid`. */
  principalOf({ routeOptions, query, url }: FastifyRequest): Principal | undefined {
    const kind = routeOptions.config.link;
    const given = kind === undefined ? undefined : (query as Record<string, unknown>)[kind];
    if (kind === undefined || given === undefined) return undefined;
    return this.#open(kind, url.split('?', 1)[0] ?? '', String(given));
  }

  #open(kind: LinkKind, path: string, given: string): Principal {
    const [, end = '', holder = '', nonce = '', mac = ''] = sigPattern.exec(given) ?? [];
    const [id = '', session] = Buffer.from(holder, 'base64url').toString().split(' ');
    const principal = this.#deps.authenticator.principal(id, session);
    const expected = this.#mac(kind, path, `${end}.${holder}.${nonce}`, principal);
    const macBytes = Buffer.from(mac, 'base64url');
    const isOurs = macBytes.length === expected.length && timingSafeEqual(macBytes, expected);
    const expiresAt = Number.parseInt(end, 36);
    if (!principal || !isOurs || expiresAt <= this.#deps.clock.now()) throw invalid();
    if (kind === 'ticket') this.#use(nonce, expiresAt);
    return principal;
  }

  #use(nonce: string, expiresAt: number): void {
    const now = this.#deps.clock.now();
    for (const [old, until] of this.#used) if (until <= now) this.#used.delete(old);
    // Nobody who signs in can ask for so many: refusing is safer than forgetting which were used.
    if (this.#used.has(nonce) || this.#used.size >= maxUsed) throw invalid();
    this.#used.set(nonce, expiresAt);
  }

  #mac(kind: LinkKind, path: string, facts: string, principal: Principal | undefined): Buffer {
    const signed = JSON.stringify([kind, path, facts, principal?.id, principal?.signedInWith]);
    return createHmac('sha256', this.#deps.key).update(signed).digest();
  }
}

const invalid = () =>
  apiError('link-invalid', 'this link is not valid or no longer; sign in and ask for another');
