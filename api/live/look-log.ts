import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../../core/audit/audit-log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';

/** A wall that asks again and again looks once. */
const lookMs = 10 * 60_000;
const maxLooks = 10_000;

/** Writes down who looks at a camera, before they see it: once for each person and camera within ten minutes. */
export class LookLog {
  readonly #deps: { audit: AuditLog; clock: Clock };
  readonly #looks = new Map<string, { at: number; written: Promise<void> }>();

  constructor(deps: { audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** Rejects when it cannot be written down: then nothing may be shown. */
  seen(who: string, { id, place }: Camera, request: FastifyRequest): Promise<void> {
    const now = this.#deps.clock.monotonic();
    const key = JSON.stringify([who, id]);
    const before = this.#looks.get(key);
    if (before && now - before.at < lookMs) return before.written;
    const facts = { address: request.ip, requestId: request.id };
    const written = this.#deps.audit.record({
      who,
      what: 'liveSeen',
      target: `cameras/${id}`,
      place,
      ...facts,
    });
    this.#looks.delete(key);
    this.#looks.set(key, { at: now, written });
    written.catch(() => this.#looks.delete(key));
    const [oldest] = this.#looks.keys();
    if (oldest !== undefined && this.#looks.size > maxLooks) this.#looks.delete(oldest);
    return written;
  }
}
