import { toAuthorization } from '../../../core/digest.ts';
import type { CameraCredentials } from '../../../core/stages.ts';

const nonceOf = (challenge: string): string => /\bnonce="?([^",\s]*)/i.exec(challenge)?.[1] ?? challenge;

/** Signs requests with a camera's user name and password, once the camera has said how. */
export class RequestSigner {
  readonly #credentials: CameraCredentials | undefined;
  #challenge: string | undefined;
  #uses = 0;

  constructor(credentials: CameraCredentials | undefined) {
    this.#credentials = credentials;
  }

  /** The `Authorization` of a request; nothing before the camera asks for it. */
  sign(method: string, url: string): string | undefined {
    if (this.#challenge === undefined || !this.#credentials) return undefined;
    this.#uses++;
    return toAuthorization(this.#challenge, this.#credentials, method, url, this.#uses);
  }

  /**
   * Takes what a 401 asks for. False when asking again is of no use: nothing to sign with, or this was signed already.
   * Cameras lock an account after a few failures.
   */
  challenge(challenges: readonly string[]): boolean {
    const usable = challenges.filter((each) => this.#canAnswer(each));
    // The password itself goes over the wire only where the camera knows nothing better.
    const chosen = usable.find((each) => /^digest\b/i.test(each)) ?? usable[0];
    if (chosen === undefined) return false;
    const isNew = this.#challenge === undefined || nonceOf(chosen) !== nonceOf(this.#challenge);
    if (!isNew && !/\bstale="?true/i.test(chosen)) return false;
    this.#challenge = chosen;
    this.#uses = 0;
    return true;
  }

  #canAnswer(challenge: string): boolean {
    const credentials = this.#credentials;
    if (!credentials?.user || /\p{Cc}/u.test(challenge)) return false;
    return toAuthorization(challenge, credentials, 'OPTIONS', '*') !== undefined;
  }
}
