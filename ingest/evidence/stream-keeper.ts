import type { Logger } from '../../core/log.ts';
import type { StreamParameters } from '../rtsp/stream-parameters.ts';
import type { EvidenceMedia, KeptStream } from './evidence-media.ts';

/** Keeps a camera's latest stream parameters beyond its session, and earlier ones as long as a clip needs them. */
export class StreamKeeper {
  readonly #media: Pick<EvidenceMedia<never>, 'keep' | 'isSame'>;
  readonly #log: Logger;
  readonly #users = new Map<KeptStream, number>();
  #seen: StreamParameters | undefined;
  #current: KeptStream | undefined;

  constructor(media: Pick<EvidenceMedia<never>, 'keep' | 'isSame'>, log: Logger) {
    this.#media = media;
    this.#log = log;
  }

  get current(): KeptStream | undefined {
    return this.#current;
  }

  /** Looks at what the session says now; true when packets from here on are of another kind. */
  notice(now: StreamParameters | undefined): boolean {
    // Without a session the last one's parameters still describe what the ring holds.
    if (!now || now === this.#seen) return false;
    this.#seen = now;
    if (this.#current && this.#media.isSame(this.#current, now)) return false;
    this.#replace(now);
    return true;
  }

  use(stream: KeptStream): void {
    this.#users.set(stream, (this.#users.get(stream) ?? 0) + 1);
  }

  leave(stream: KeptStream): void {
    const left = (this.#users.get(stream) ?? 0) - 1;
    if (left > 0) this.#users.set(stream, left);
    else this.#users.delete(stream);
    this.#freeIfUnused(stream);
  }

  close(): void {
    this.#replace(undefined);
  }

  #replace(next: StreamParameters | undefined): void {
    const before = this.#current;
    this.#current = undefined;
    if (before) this.#freeIfUnused(before);
    try {
      if (next) this.#current = this.#media.keep(next);
    } catch (error) {
      this.#log.error({ err: error }, 'stream parameters could not be kept for evidence');
    }
  }

  #freeIfUnused(stream: KeptStream): void {
    if (stream !== this.#current && !this.#users.has(stream)) stream.free();
  }
}
