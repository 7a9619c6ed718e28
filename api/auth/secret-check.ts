import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/runtime/clock.ts';
import { apiError } from '../errors.ts';
import { isSecretOf } from './password-hash.ts';

/** A check holds 32 MiB and a core while it runs: two at once, and a short line. */
const maxRunning = 2;
const maxWaiting = 32;
/** For how long a secret that was right is not checked again. */
const rememberMs = 5 * 60_000;
const maxRemembered = 1000;

/**
 * Checks secrets against hashes, few at a time. A right one is remembered for minutes under a key of this process
 * alone, so that a console that asks ten times a second does not cost ten checks a second. A wrong one never is.
 */
export class SecretCheck {
  readonly #clock: Clock;
  readonly #isSecretOf: typeof isSecretOf;
  readonly #key = randomBytes(32);
  /** When each was last checked, the oldest first. */
  readonly #right = new Map<string, number>();
  /** A page that opens asks for several things at once, all with one secret: one check answers them. */
  readonly #checking = new Map<string, Promise<boolean>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(clock: Clock, check = isSecretOf) {
    this.#clock = clock;
    this.#isSecretOf = check;
  }

  /** Throws `sign-in-busy` when too many wait. */
  async isRight(secret: string, passwordHash: string): Promise<boolean> {
    const mark = createHmac('sha256', this.#key).update(`${passwordHash}\0${secret}`).digest('base64');
    const checkedAt = this.#right.get(mark);
    if (checkedAt !== undefined && this.#clock.monotonic() - checkedAt < rememberMs) return true;
    const checking = this.#checking.get(mark) ?? this.#check(secret, passwordHash, mark);
    this.#checking.set(mark, checking);
    return checking.finally(() => this.#checking.delete(mark));
  }

  async #check(secret: string, passwordHash: string, mark: string): Promise<boolean> {
    await this.#enter();
    try {
      const isRight = await this.#isSecretOf(secret, passwordHash);
      if (isRight) this.#remember(mark);
      return isRight;
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < maxRunning) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= maxWaiting) {
      throw apiError(
        'sign-in-busy',
        `${this.#waiting.length} sign-ins wait already; try again in a few seconds`,
      );
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hands its place to the next in line, or gives it back. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }

  #remember(mark: string): void {
    this.#right.delete(mark);
    this.#right.set(mark, this.#clock.monotonic());
    for (const oldest of this.#right.keys()) {
      if (this.#right.size <= maxRemembered) break;
      this.#right.delete(oldest);
    }
  }
}
