import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../../core/audit/audit-log.ts';
import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { AuditEntry } from '../../core/schema/audit.ts';
import { routeOf } from '../http/answer-error.ts';
import { RecentKeys } from './recent-keys.ts';

export interface AuditTrailDeps {
  audit: AuditLog;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** What somebody does, without what the request itself tells. */
export type Deed = Pick<AuditEntry, 'what' | 'target' | 'place' | 'why' | 'to'>;

/** A clip is asked for in many ranges, and a page asks for its pictures again: that is one look. */
const lookMs = 10 * 60_000;
/** With HTTP Basic every request signs in. */
const signInMs = 60 * 60_000;
const maxKeys = 10_000;
/** Who knocks again and again is written down once a minute, and all together no more often than this. */
const refusalMs = 60_000;
const maxRefusals = 60;

const refusals: ReadonlyMap<string, 'signInRefused' | 'rightRefused'> = new Map([
  ['not-signed-in', 'signInRefused'],
  ['sign-in-locked', 'signInRefused'],
  ['right-missing', 'rightRefused'],
  ['ground-forbidden', 'rightRefused'],
  ['origin-forbidden', 'rightRefused'],
  ['csrf-missing', 'rightRefused'],
  ['csrf-wrong', 'rightRefused'],
] as const);

/** Writes down who did what over the API. */
export class AuditTrail {
  readonly #deps: AuditTrailDeps;
  readonly #looks: RecentKeys<Promise<void>>;
  readonly #signIns: RecentKeys<true>;
  readonly #refusals: RecentKeys<true>;
  /** Refusals written in the minute that began at `since`. */
  #refused = { since: Number.NEGATIVE_INFINITY, count: 0 };

  constructor(deps: AuditTrailDeps) {
    this.#deps = deps;
    this.#looks = new RecentKeys(deps.clock, { forMs: lookMs, maxKeys });
    this.#signIns = new RecentKeys(deps.clock, { forMs: signInMs, maxKeys });
    this.#refusals = new RecentKeys(deps.clock, { forMs: refusalMs, maxKeys });
  }

  /** To be awaited before it is done. Throws `audit-busy` or `bus-unavailable`: then it must not be done. */
  done(request: FastifyRequest, deed: Deed, who = request.principal?.id ?? 'unknown'): Promise<void> {
    return this.#deps.audit.record({ who, ...deed, address: request.ip, requestId: request.id });
  }

  /** As `done`, once for everything that one person sees of one thing within ten minutes. */
  seen(request: FastifyRequest, deed: Deed): Promise<void> {
    const key = JSON.stringify([request.principal?.id, deed.what, deed.target]);
    const earlier = this.#looks.get(key);
    if (earlier !== undefined) return earlier;
    const recorded = this.done(request, deed);
    this.#looks.note(key, recorded);
    recorded.catch(() => this.#looks.forget(key));
    return recorded;
  }

  /** Notes that a request came with a right secret, once an hour. Nothing waits for it: it lets nobody do anything yet. */
  signedIn(request: FastifyRequest): void {
    const { id, ground } = request.principal ?? {};
    const key = JSON.stringify([id, request.ip]);
    if (id === undefined || ground === undefined || this.#signIns.get(key)) return;
    this.#signIns.note(key, true);
    this.#inBackground(request, { what: 'signedIn', target: `users/${id}`, place: ground }, id);
  }

  /** Notes a refusal, if the error is one. What was typed as a name may be a secret: it is not written down. */
  refused(request: FastifyRequest, error: unknown): void {
    if (!isAppError(error)) return;
    const what = refusals.get(error.code);
    const tried = error.facts['user'];
    if (what === undefined || (what === 'signInRefused' && typeof tried !== 'string')) return;
    const who = request.principal?.id ?? (typeof tried === 'string' ? tried : 'unknown');
    const target = `${request.method} ${routeOf(request)}`.slice(0, 200);
    const key = JSON.stringify([who, what, target, request.ip]);
    if (this.#refusals.get(key)) return;
    this.#refusals.note(key, true);
    if (this.#isTooOften()) return;
    this.#inBackground(request, { what, target, why: error.code }, who);
  }

  #isTooOften(): boolean {
    const now = this.#deps.clock.monotonic();
    if (now - this.#refused.since >= refusalMs) this.#refused = { since: now, count: 0 };
    this.#refused.count++;
    if (this.#refused.count <= maxRefusals) return false;
    const help = 'Refusals that were not written to the audit log, for there were too many in a minute';
    this.#deps.metrics.count('xueliang_api_audit_refusals_passed_over_total', help);
    return true;
  }

  #inBackground(request: FastifyRequest, deed: Deed, who: string): void {
    const { log, metrics } = this.#deps;
    this.done(request, deed, who).catch((error: unknown) => {
      metrics.count('xueliang_api_audit_lost_total', 'Sign-ins and refusals that could not be written down');
      log.warn({ service: 'api', what: deed.what, err: error }, 'audit record was not written');
    });
  }
}
