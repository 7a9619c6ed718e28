import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../core/runtime/clock.ts';

/** From the answer on the bus to the request that carries it. */
const validMs = 10_000;
const maxOpen = 256;

interface Issued {
  token: Buffer;
  cameraId: string;
  until: number;
}

/** Tokens that each open one camera's door once, within seconds. */
export class DoorTokens {
  readonly #clock: Clock;
  /** Oldest first. */
  #issued: Issued[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(cameraId: string): string {
    const token = randomBytes(32);
    this.#issued.push({ token, cameraId, until: this.#clock.monotonic() + validMs });
    if (this.#issued.length > maxOpen) this.#issued.shift();
    return token.toString('base64url');
  }

  /** The camera that a token opens; nothing for one that is unknown, used or too old. */
  take(text: string): string | undefined {
    const now = this.#clock.monotonic();
    const token = Buffer.from(text, 'base64url');
    const isIt = (one: Issued) => one.token.length === token.length && timingSafeEqual(one.token, token);
    const found = this.#issued.find(isIt);
    this.#issued = this.#issued.filter((one) => one !== found && one.until > now);
    return found && found.until > now ? found.cameraId : undefined;
  }
}
